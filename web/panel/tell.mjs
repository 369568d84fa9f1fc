/** What a film maker is told without having asked: how a film ended, which scenes changed, what was fetched. */

import { Trouble } from "./api.mjs";
import { plainly } from "./said.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film */
/** @typedef {{film: string, detail?: string, said?: import("./types").Said}} End As the server tells it. */

/** @param {Panel} panel @param {End} data @param {"notify_done" | "notify_stuck"} key */
export async function tellEnd(panel, data, key) {
	const { films, library } = panel.state;
	const known = films[data.film] ?? library.cards?.find((card) => card.id === data.film);
	const title = known?.title ?? (await titleOf(panel, data.film));
	if (!title) return;
	const words = [panel.t(key, { title }), plainly(panel, data.detail ?? "", data.said)].filter(Boolean).join(" ");
	if (panel.state.film !== data.film || key === "notify_stuck")
		panel.notify(words, {
			action: { label: panel.t("open"), run: () => void panel.go(key === "notify_done" ? "film" : "scenes", data.film) },
		});
	else panel.say(words);
	if (document.hidden && "Notification" in window && Notification.permission === "granted")
		new Notification("OneReel", { body: words, tag: data.film });
}

/** The title of a film that was never shown; nothing where it cannot be had. @param {Panel} panel @param {string} id */
async function titleOf(panel, id) {
	try {
		return /** @type {string} */ ((await panel.api.get(`/films/${id}`)).title);
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		return "";
	}
}

/** A part of OneReel that is being fetched, or was. @param {Panel} panel @param {{part: string, state: string}} data */
export function noteSetup(panel, data) {
	panel.keep("setup", { ...panel.ui("setup"), [data.part]: data });
	if (data.state !== "ready") return;
	// A voice that was fetched is one more to choose.
	const pages = Object.entries(panel.state.pages).filter(([path]) => !path.startsWith("/voices"));
	panel.set({ voices: {}, pages: Object.fromEntries(pages) });
}

/** @param {Panel} panel @param {Film} before @param {Film} now */
export function tellChange(panel, before, now) {
	const { t } = panel;
	const known = new Map(before.scenes.map((scene) => [scene.id, scene.state]));
	const changed = now.scenes.filter((scene) => known.has(scene.id) && known.get(scene.id) !== scene.state);
	if (changed.length > 3) panel.say(t("scenes_changed", { n: changed.length }));
	else if (changed.length)
		panel.say(changed.map((scene) => t("scene_is", { number: scene.number, state: t(`state_${scene.state}`) })).join(" "));
}
