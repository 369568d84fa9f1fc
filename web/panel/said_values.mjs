/** What stands inside the server's sentences: figures, fields, reasons and keys, in the panel's language. */

import { money } from "./format.mjs";
import { size } from "./measures.mjs";
import { fieldWords } from "./words.mjs";

const GIGABYTE = 1e9;

/** Values that are figures where they look like one; others, such as a title, may too. */
const FIGURES = new Set(
	"n count total seconds length longest least least2 most width height ceiling used cap spent today held month price size wanted date".split(
		" ",
	),
);

/** @typedef {import("./panel.mjs").Panel} Panel */

/** @param {Panel} panel @param {Record<string, string>} words @param {Record<string, string>} values */
export function inside(panel, words, values) {
	const { fields, why, keys } = values;
	const figures = Object.entries(values).map(([name, value]) => [name, FIGURES.has(name) && value ? figure(panel, value) : value]);
	return {
		...Object.fromEntries(figures),
		...(fields ? { fields: fieldsIn(panel, fields) } : {}),
		...(why ? { why: reasonsIn(panel, why) } : {}),
		...(keys ? { keys: keysIn(panel, words, keys) } : {}),
	};
}

/** A figure of the server's as people write it: "12.3 GB", "$0.60", "2026-11-21", "0.60". @param {Panel} panel @param {string} value */
function figure(panel, value) {
	const { locale } = panel.state;
	const bytes = /^([\d.]+) GB$/.exec(value);
	if (bytes) return size(Number(bytes[1]) * GIGABYTE, locale);
	const dollars = /^\$([\d,]+(?:\.\d+)?)$/.exec(value);
	if (dollars) return money(dollars[1].replaceAll(",", ""), locale);
	if (/^\d{4}-\d\d-\d\d$/.test(value))
		return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(value));
	// A whole number stays one: words are chosen by it.
	if (/^\d+$/.test(value)) return Number(value);
	const [, fraction] = /^\d+\.(\d+)$/.exec(value) ?? [];
	return fraction ? new Intl.NumberFormat(locale, { minimumFractionDigits: fraction.length }).format(Number(value)) : value;
}

/** @param {Panel} panel @param {string} fields "negative prompt, mood" */
function fieldsIn(panel, fields) {
	const named = fields.split(", ").map((field) => fieldWords(panel, field.replaceAll(" ", "_")));
	return new Intl.ListFormat(panel.language).format(named);
}

/** What a safety filter gave as its reasons. @param {Panel} panel @param {string} why "violence, hate" */
function reasonsIn(panel, why) {
	const named = why.split(", ").map((reason) => ({ name: reason, label: reason }));
	return panel
		.named("reason", named)
		.map(({ label }) => label)
		.join(", ");
}

/** What gives access to a model, each by the command that enters it. @param {Panel} panel @param {Record<string, string>} words @param {string} keys */
function keysIn(panel, words, keys) {
	const ways = keys.split(", or ").map((way) => {
		const code = /google-project/.test(way) ? "need_vertex" : /vertex-api-key/.test(way) ? "need_express" : "need_gemini";
		return words[code];
	});
	return new Intl.ListFormat(panel.language, { type: "disjunction" }).format(ways);
}
