/** What the characters' screens say; loaded with them, in the panel's language. */

import { speak } from "./words.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {keyof typeof import("./words/cast/en.mjs").default} CastKey */

/** @type {Record<string, (key: CastKey, values?: Record<string, string | number>) => string>} */
const known = {};

/**
 * Learn them; whoever draws with `castWords` afterwards has them.
 *
 * @param {Panel} panel
 */
export async function learnCastWords(panel) {
	const { language } = panel;
	if (known[language]) return;
	const translate = await speak(language, "cast");
	known[language] = /** @type {(typeof known)[string]} */ (/** @type {unknown} */ (translate));
	panel.set({});
}

/** The translator of these words; says nothing for the moment that they take to come. @param {Panel} panel */
export function castWords(panel) {
	if (!known[panel.language]) void learnCastWords(panel);
	return known[panel.language] ?? (() => "");
}
