/** A film in another language than the panel's, or than its idea. */

import { languageName } from "./format.mjs";
import { change } from "./form.mjs";
import { nearest, wordsOf } from "./words.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

/** Learn the words that a film in another language than the panel's begins with. @param {Panel} panel */
export async function learnExamples(panel) {
	const { language } = panel.state.form;
	const spoken = nearest(language);
	const known = panel.ui("examples") ?? {};
	// Nobody reads English out of a language that the panel does not speak.
	if (spoken === panel.language || known[language] || !language.startsWith(spoken)) return;
	panel.keep("examples", { ...known, [language]: await wordsOf(spoken, "examples") });
}

/** An idea in another language than the film: the film in its language. @param {Panel} panel */
export function itsLanguage(panel) {
	const said = panel.ui("priceProblem")?.said;
	const known = said?.code === "language_other" && panel.state.choices?.languages.find(({ code }) => code === said.values.code);
	if (!known) return undefined;
	const label = `${panel.t("language")}: ${languageName(known, panel.state.locale)}`;
	return { label, run: () => change(panel, { language: known.code }) };
}
