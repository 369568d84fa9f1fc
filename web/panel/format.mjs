/** Numbers as people read them. */

/**
 * Seconds as a clock: 0:46, 1:02:03.
 *
 * @param {number | null | undefined} seconds
 */
export function clock(seconds) {
	const whole = Math.max(0, Math.round(seconds ?? 0));
	const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
	const shown = parts[0] ? parts : parts.slice(1);
	return shown.map((part, index) => (index ? String(part).padStart(2, "0") : String(part))).join(":");
}

/**
 * Dollars, exactly as the server counts them.
 *
 * @param {string | number} dollars
 * @param {string} locale
 */
export function money(dollars, locale) {
	const exact = String(dollars).replace(/^-?\d+\.?/, "").length;
	const digits = Math.min(6, Math.max(2, exact));
	return new Intl.NumberFormat(locale, {
		style: "currency",
		currency: "USD",
		currencyDisplay: "narrowSymbol",
		minimumFractionDigits: 2,
		maximumFractionDigits: digits,
	}).format(Number(dollars));
}

/** Whether a tag is a language, and not one way of many to speak it, which is a voice. @param {string} code @param {string} locale */
export function isLanguage(code, locale) {
	return !code.includes("-") || Boolean(nameOf("language", code, locale));
}

/**
 * A language in the words of another; what the browser has no name for keeps its own.
 *
 * @param {{code: string, label: string}} language
 * @param {string} locale
 */
export function languageName({ code, label }, locale) {
	const named = nameOf("language", code, locale);
	// Some voices speak what is no tag, "en-gb-scotland": "English (Scotland)".
	const [, where] = /^[^(]+\((.+)\)$/.exec(label) ?? [];
	const plain = named || !where ? "" : nameOf("language", code.split("-")[0], locale);
	return named ?? (plain ? `${plain} (${where})` : label);
}

/** @param {"language" | "region"} type @param {string} code @param {string} locale */
function nameOf(type, code, locale) {
	try {
		return new Intl.DisplayNames(locale, { type, fallback: "none" }).of(code);
	} catch {
		return undefined;
	}
}

/**
 * A voice as people call it: espeak names its own "German+f5 (espeak-ng)", the fifth woman who speaks German.
 *
 * @param {import("./types").Voice} voice
 * @param {string} locale
 * @param {import("./types").Translate} t
 */
export function voiceName({ name, label, engine, language }, locale, t) {
	const [, plain, region, kind, n] = (engine === "espeak" && /^([^(+]+?)(?: \((.+)\))?(?:\+([fm])(\d+))?$/.exec(name)) || [];
	if (!plain) return label;
	const who = languageName({ code: language, label: plain }, locale) + (region ? ` (${region})` : "");
	return (kind ? t(kind === "f" ? "voice_f" : "voice_m", { name: who, n }) : who) + label.slice(name.length);
}
