/** What the server says, in the panel's language: whole sentences where it knows them, else what their kind of failure means. */

import { h } from "./dom.mjs";
import { fieldWords, translator } from "./words.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Said} Said */

/** @type {Record<string, Promise<void>>} */
const asked = {};
/** @type {Record<string, Record<string, string>>} */
const known = {};
/** @type {typeof import("./said_values.mjs").inside} */
let inside;

/** Learn the server's sentences in the panel's language, once; English needs none. @param {Panel} panel */
export function learn(panel) {
	const { language } = panel;
	if (language === "en") return Promise.resolve();
	return (asked[language] ??= Promise.all([import(`./words/said/${language}.mjs`), import("./said_values.mjs")])
		.then(([words, values]) => {
			known[language] = words.default;
			inside = values.inside;
			panel.set({});
		})
		.catch((error) => {
			// Until it can be had, the server is read in English.
			delete asked[language];
			if (!(error instanceof TypeError)) throw error;
		}));
}

/**
 * A sentence in the panel's language; `english` is the server's own where the first is not all of it.
 *
 * @param {Panel} panel
 * @param {string} english
 * @param {Said | null | undefined} said
 */
function spoken(panel, english, said) {
	if (said) void learn(panel);
	const words = known[panel.language];
	const code = said?.code ?? "";
	if (!said || !words?.[code]) return { words: english, english: "" };
	const values = inside(panel, words, said.values);
	return { words: translator(words, panel.language)(/** @type {any} */ (code), values), english: /^[A-Z]/.test(code) ? english : "" };
}

/** What is wrong in a field of a form, with the field's name where it has one here. @param {Panel} panel @param {{name: string, detail: string, said: Said | null}} field */
export function fieldSentence(panel, { name, detail, said }) {
	void learn(panel);
	const words = plainly(panel, detail, said);
	const last = name.split(".").at(-1) ?? "";
	const label = fieldWords(panel, last);
	if (label !== last.replaceAll("_", " ")) return `${label}: ${words}`;
	return words.charAt(0).toLocaleUpperCase(panel.language) + words.slice(1);
}

/** As one text, for what is no element. @param {Panel} panel @param {string} english @param {Said | null} [said] */
export function plainly(panel, english, said) {
	const found = spoken(panel, english, said);
	return found.english ? `${found.words} ${found.english}` : found.words;
}

/** As what stands on the screen. @param {Panel} panel @param {string} english @param {Said | null} [said] */
export function sentenceOf(panel, english, said) {
	const found = spoken(panel, english, said);
	return h(
		"span",
		{ class: "told" },
		withCode(found.words),
		found.english && h("span", { class: "small dim", lang: "en" }, withCode(found.english)),
	);
}

/** What is to be typed stands between backticks in a sentence. @param {string} words */
function withCode(words) {
	return words.split("`").map((part, index) => (index % 2 ? h("code", null, part) : part));
}
