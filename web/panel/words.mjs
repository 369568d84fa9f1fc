/** What the panel says, in the language that ComfyUI is set to. Each language is a module of its own, loaded when it is wanted, and the words of some views are loaded with them; a test holds all languages equal. */

/** @typedef {import("./types").Key} Key */

const LANGUAGES = ["en", "de", "fr", "es", "ja", "zh"];

/**
 * The language nearest to a locale of ComfyUI: "zh-TW" reads zh, what is not there reads English.
 *
 * @param {string | undefined} locale
 */
export function nearest(locale) {
	const short = (locale ?? "en").toLowerCase().split(/[-_]/)[0];
	return LANGUAGES.includes(short) ? short : "en";
}

/**
 * @param {string} language One of `nearest`'s.
 * @param {string} [folder] Of words that are loaded with what says them.
 * @returns {Promise<Record<string, string>>}
 */
export async function wordsOf(language, folder = ".") {
	return (await import(`./words/${folder}/${language}.mjs`)).default;
}

/**
 * Sentences name their values in braces, numbers as the language writes them. Where the number changes the words, the forms stand between bars, one first.
 *
 * @param {Record<string, string>} words
 * @param {string} language
 * @returns {import("./types").Translate}
 */
export function translator(words, language) {
	const plural = new Intl.PluralRules(language);
	const numbers = new Intl.NumberFormat(language);
	const written = (/** @type {unknown} */ value) => (typeof value === "number" ? numbers.format(value) : String(value));
	return (key, values = {}) => {
		const forms = (words[key] ?? key).split("|");
		const form = forms.length > 1 && plural.select(Number(values.n)) !== "one" ? forms[1] : forms[0];
		return form.replace(/\{(\w+)\}/g, (whole, name) => written(values[name] ?? whole));
	};
}

/** A field of a scene or of a film's options, as it is called in the panel. @param {import("./panel.mjs").Panel} panel @param {string} name */
export function fieldWords(panel, name) {
	const key = name === "renderer" ? "shot_by" : name;
	const words = panel.t(/** @type {any} */ (key));
	return words === key ? name.replaceAll("_", " ") : words.replace(/\s*…$/, "");
}
