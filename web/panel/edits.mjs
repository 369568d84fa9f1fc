/** Edits of a film. Those of one film are sent one after the other, each over the revision that the last one made: only what somebody else changed meanwhile is in the way. */

import { Trouble } from "./api.mjs";
import { hold, newest, release, take } from "./films.mjs";
import { plainly } from "./said.mjs";
import { telling } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Change} Change */

const CONFLICT = 409;

/** @type {Map<string, Promise<unknown>>} */
const lines = new Map();
/** Edits that somebody else's came before: all that were made over what was shown then. @type {Map<string, Change[]>} */
const crossed = new Map();

/**
 * Do what changes a film once everything before it is answered; what is shown of the film changes when nothing waits any more.
 *
 * @template T
 * @param {Panel} panel
 * @param {string} film
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inLine(panel, film, work) {
	const before = lines.get(film) ?? Promise.resolve();
	hold(film);
	const now = before.then(work).finally(() => release(panel, film));
	lines.set(
		film,
		now.catch(() => undefined),
	);
	return now;
}

/**
 * Change the film; what was changed elsewhere meanwhile is fetched, and the change offered again over it.
 *
 * @param {Panel} panel
 * @param {string} film
 * @param {Change[]} changes
 * @returns {Promise<boolean>} Whether it was changed.
 */
export async function edit(panel, film, changes) {
	const was = crossed.get(film);
	const send = async () => {
		// Over what somebody else made, nothing is changed that nobody was asked about.
		if (crossed.get(film) !== was) return cross(panel, film, changes);
		try {
			take(panel, await panel.api.post(`/films/${film}/edits`, { revision: newest(panel, film).revision, changes }));
			return true;
		} catch (error) {
			if (!(error instanceof Trouble) || error.problem.status !== CONFLICT) throw error;
			crossed.set(film, []);
			await panel.sync.film(film);
			return cross(panel, film, changes);
		}
	};
	const again = () => void edit(panel, film, changes);
	return (await telling(panel, () => inLine(panel, film, send), again)) ?? false;
}

/** @param {Panel} panel @param {string} film @param {Change[]} changes */
function cross(panel, film, changes) {
	const all = crossed.get(film) ?? [];
	all.push(...changes);
	const run = () => void edit(panel, film, all);
	panel.notify(panel.t("changed_elsewhere"), { bad: true, action: { label: panel.t("change_anyway"), run } });
	return false;
}

/** Go through the film's history, as often as it is asked for. @param {Panel} panel @param {string} film @param {"undo" | "redo"} way */
export async function step(panel, film, way) {
	const go = async () => {
		// Only now: an edit that is still under way can be undone too.
		const shown = newest(panel, film);
		const what = stepWords(panel, shown, way);
		if (!what) return;
		take(panel, await panel.api.post(`/films/${film}/${way}`, { revision: shown.revision }));
		panel.say(panel.t(way === "undo" ? "undone" : "done_again", { what }));
	};
	await telling(
		panel,
		() => inLine(panel, film, go),
		() => void step(panel, film, way),
	);
}

/** What a step through the film's history would do; empty where there is none. @param {Panel} panel @param {Film} film @param {"undo" | "redo"} way */
export function stepWords(panel, film, way) {
	return plainly(panel, film[way] ?? "", film[`${way}_said`]);
}

/** @param {Panel} panel @param {string} film @param {string} scene @param {boolean} approved */
export function approve(panel, film, scene, approved) {
	return edit(panel, film, [{ op: "approve", scenes: [scene], approved }]);
}
