/** The language of a new film: which there are, an example in it, and what is to be done where nobody writes it. */

import { isLanguage, languageName } from "./format.mjs";
import { change } from "./new_film.mjs";
import { nearest, wordsOf } from "./words.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Choices} Choices */

/** An idea in the film's language: the writer that is built in understands no other. @param {Panel} panel */
export function exampleIdea(panel) {
	return panel.ui("examples")?.[panel.state.form.language]?.idea_1 ?? panel.t("idea_1");
}

/** Learn the words that a film in another language than the panel's begins with. @param {Panel} panel */
export async function learnExamples(panel) {
	const { language } = panel.state.form;
	const spoken = nearest(language);
	const known = panel.ui("examples") ?? {};
	// Nobody reads English out of a language that the panel does not speak.
	if (spoken === panel.language || known[language] || !language.startsWith(spoken)) return;
	panel.keep("examples", { ...known, [language]: await wordsOf(spoken) });
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

/** An idea in another language than the film: the film in its language. @param {Panel} panel */
export function itsLanguage(panel) {
	const said = panel.ui("priceProblem")?.said;
	const known = said?.code === "language_other" && panel.state.choices?.languages.find(({ code }) => code === said.values.code);
	if (!known) return undefined;
	const label = `${panel.t("language")}: ${languageName(known, panel.state.locale)}`;
	return { label, run: () => change(panel, { language: known.code }) };
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
