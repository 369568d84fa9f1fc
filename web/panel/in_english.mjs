/** The way out of a language that nobody writes: the same film in English. */

import { change } from "./form.mjs";
import { wordsOf } from "./words.mjs";

/** What was filled in for an example is one in English then. @param {import("./panel.mjs").Panel} panel */
export async function inEnglish(panel) {
	const given = panel.state.form.idea.trim();
	const example = /** @type {const} */ (["idea_1", "idea_2"]).find((key) => panel.t(key) === given);
	change(panel, { language: "en" });
	if (example) change(panel, { idea: (await wordsOf("en"))[example] });
	/** @type {HTMLElement | null | undefined} */ (panel.root?.querySelector("#idea"))?.focus();
}
