/** What a film maker does with one scene, by its card's buttons or by keys. */

import { typing } from "./controls.mjs";
import { approve, edit, step } from "./edits.mjs";
import { askAdd, askFile, askRedo, askSplit } from "./scene_dialogs.mjs";
import { playFrom, toggleStage } from "./stage.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Scene} Scene */
/** @typedef {import("./scene_card.mjs").Deeds & {choose: (scene: string, look?: boolean) => void}} SceneDeeds */

/** What can be done with one scene, by its id. @param {Panel} panel @param {Film} film @returns {SceneDeeds} */
export function deedsOf(panel, film) {
	return {
		choose: (scene, look = false) => {
			panel.keep("scene", scene);
			if (look) queueMicrotask(() => card(panel, scene)?.scrollIntoView({ block: "nearest" }));
		},
		move: (scene, to) => void moveScene(panel, film, scene, to),
		play: (scene) => playFrom(panel, film, scene),
		redo: (scene) => askRedo(panel, film, scene),
		open: (scene) => openEditor(panel, scene),
		bring: (scene) => askFile(panel, film, scene),
		split: (scene) => askSplit(panel, film, scene),
		merge: (scene) => void edit(panel, film.id, [{ op: "merge", scene: scene.id }]),
		add: (after) => askAdd(panel, film, after),
		remove: (scene) => void removeScene(panel, film, scene),
	};
}

/** @param {Panel} panel @param {string | null} scene */
function openEditor(panel, scene) {
	const was = panel.ui("open");
	panel.keep("open", scene);
	const focus = () =>
		(scene
			? /** @type {HTMLElement | null | undefined} */ (panel.root?.querySelector(`#narration-${CSS.escape(scene)}`))
			: card(panel, was)
		)?.focus();
	setTimeout(focus);
}

/** @param {Panel} panel @param {Film} film @param {Scene} scene */
async function removeScene(panel, film, scene) {
	const next = film.scenes[scene.number] ?? film.scenes[scene.number - 2];
	if (!(await edit(panel, film.id, [{ op: "remove", scene: scene.id }]))) return;
	if (next) {
		panel.keep("scene", next.id);
		setTimeout(() => card(panel, next.id)?.focus());
	}
	panel.notify(panel.t("scene_removed", { number: scene.number }), {
		action: { label: panel.t("undo"), run: () => void step(panel, film.id, "undo") },
	});
}

/** Shown at its new place at once; the server's answer follows. @param {Panel} panel @param {Film} film @param {string} scene @param {number} to */
async function moveScene(panel, film, scene, to) {
	const from = film.scenes.findIndex((each) => each.id === scene);
	if (to < 0 || to >= film.scenes.length || from === to) return;
	const scenes = [...film.scenes];
	scenes.splice(to, 0, ...scenes.splice(from, 1));
	const numbered = scenes.map((each, index) => (each.number === index + 1 ? each : { ...each, number: index + 1 }));
	panel.set({ films: { ...panel.state.films, [film.id]: { ...film, scenes: numbered } } });
	panel.keep("scene", scene);
	if (await edit(panel, film.id, [{ op: "move", scene, to }])) panel.say(panel.t("scene_moved", { number: to + 1 }));
	else await panel.sync.film(film.id);
}

/** @param {Panel} panel @param {string | null | undefined} scene */
function card(panel, scene) {
	return scene ? /** @type {HTMLElement | null | undefined} */ (panel.root?.querySelector(`[data-scene="${CSS.escape(scene)}"]`)) : null;
}

/** The same by keys. @param {KeyboardEvent} event @param {Panel} panel @param {Film} film @param {SceneDeeds} deeds */
export function keys(event, panel, film, deeds) {
	if (typing(event)) return;
	const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
	const at = film.scenes.findIndex((scene) => scene.id === panel.ui("scene"));
	const scene = film.scenes[at];
	const onCard = target.matches("[data-scene]");
	const go = (/** @type {number} */ to) => {
		const next = film.scenes[Math.max(0, Math.min(film.scenes.length - 1, to))];
		panel.keep("scene", next.id);
		setTimeout(() => card(panel, next.id)?.focus());
	};
	/** @type {Record<string, (() => void) | false | undefined>} */
	const deed = {
		ArrowDown: () => (event.altKey && scene ? deeds.move(scene.id, at + 1) : go(at + 1)),
		ArrowUp: () => (event.altKey && scene ? deeds.move(scene.id, at - 1) : go(at - 1)),
		Home: () => go(0),
		End: () => go(film.scenes.length - 1),
		" ": onCard && scene && (() => (panel.ui("stage")?.scene === scene.id ? toggleStage(panel) : deeds.play(scene.id))),
		Enter: onCard && scene && (() => deeds.open(scene.id)),
		e: scene && (() => deeds.open(scene.id)),
		r: scene && (() => deeds.redo(scene)),
		a: scene && (scene.take !== null || scene.approved) && (() => void approve(panel, film.id, scene.id, !scene.approved)),
		Delete: onCard && scene && (() => deeds.remove(scene)),
	};
	const wanted = event.ctrlKey || event.metaKey ? undefined : deed[event.key.length === 1 ? event.key.toLowerCase() : event.key];
	if (!wanted) return;
	event.preventDefault();
	wanted();
}
