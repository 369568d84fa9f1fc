/** What stands inside the server's sentences: fields, reasons and keys, in the panel's language. */

import { fieldWords } from "./words.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

/** @param {Panel} panel @param {Record<string, string>} words @param {Record<string, string>} values */
export function inside(panel, words, values) {
	const { fields, why, keys } = values;
	return {
		...values,
		...(fields ? { fields: fieldsIn(panel, fields) } : {}),
		...(why ? { why: reasonsIn(panel, why) } : {}),
		...(keys ? { keys: keysIn(panel, words, keys) } : {}),
	};
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
