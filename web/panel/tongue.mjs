/** The language of a new film: which there are, an example in it, and what is to be done where nobody writes it. */

import { isLanguage, languageName } from "./format.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Choices} Choices */

/** An idea in the film's language: the writer that is built in understands no other. @param {Panel} panel */
export function exampleIdea(panel) {
	return panel.ui("examples")?.[panel.state.form.language]?.idea_1 ?? panel.t("idea_1");
}

/** Whether nobody who is chosen writes the film's language. @param {Panel} panel */
export function unwritten(panel) {
	const { language, writer } = panel.state.form;
	return writer === "built-in" && panel.state.choices?.languages.some(({ code, writes }) => code === language && !writes);
}

/** @param {Panel} panel */
export async function showWaysOut(panel) {
	if (!unwritten(panel) || panel.ui("waysOut")) return;
	const { prepare, waysOut } = await import("./unwritten.mjs");
	await prepare(panel);
	panel.keep("waysOut", waysOut);
}

/** What the writer writes comes first: the other languages are only spoken. @param {Choices} choices @param {string} locale @param {string} chosen */
export function languagesOf(choices, locale, chosen) {
	const known = choices.languages.filter(({ code }) => code === chosen || isLanguage(code, locale));
	const named = known.map((language) => ({
		name: language.code,
		label: languageName(language, locale),
		writes: language.writes,
	}));
	return named.sort((a, b) => Number(b.writes) - Number(a.writes) || a.label.localeCompare(b.label, locale));
}
