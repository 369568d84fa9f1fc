/** The film as one bar: scenes to scale, coloured by their state, with the playhead. Screen readers have the list below instead. */

import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { length } from "./measures.mjs";
import { BAD } from "./medic.mjs";
import { drag } from "./sort.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film */

export const TIMELINE = `
.timeline { position: relative; height: 34px; display: flex; gap: 2px; flex: none; touch-action: pan-y; }
.timeline .seg { min-width: 3px; flex-basis: 0; border-radius: 4px; background: color-mix(in srgb, currentColor 26%, var(--bg)); border-bottom: 3px solid currentColor; display: flex; align-items: center; gap: 4px; padding: 0 5px; overflow: hidden; cursor: pointer; font-size: 11px; font-weight: 600; position: relative; }
.timeline.many { gap: 0; border-radius: 4px; overflow: clip; } .timeline.many .seg { padding: 0; border-radius: 0; box-shadow: inset -1px 0 var(--bg); min-width: 2px; } .timeline.many .seg > * { display: none; }
.timeline .seg:hover { background: color-mix(in srgb, currentColor 38%, var(--bg)); }
.timeline .seg.chosen { background: color-mix(in srgb, currentColor 48%, var(--bg)); }
.timeline .seg span { color: var(--ink); } .timeline .seg .icon { width: 12px; height: 12px; }
.timeline .seg .done { position: absolute; inset: 0 auto 0 0; background: color-mix(in srgb, currentColor 30%, transparent); }
.timeline .playhead { position: absolute; top: -3px; bottom: -3px; width: 2px; margin-left: -1px; background: var(--ink); border-radius: 1px; pointer-events: none; box-shadow: 0 0 0 1px var(--bg); }
.timeline .playhead::before { content: ""; position: absolute; top: -2px; left: -3px; border: 4px solid transparent; border-top-color: var(--ink); }
.timeline .lifted { z-index: 2; box-shadow: 0 4px 14px rgb(0 0 0 / .4); cursor: grabbing; }
`;
const CROWDED = 16;

/**
 * @param {Panel} panel
 * @param {Film} film
 * @param {{chosen: string | null, choose: (scene: string) => void, move: (scene: string, to: number) => void}} deeds
 */
export function timeline(panel, film, { chosen, choose, move }) {
	const progress = panel.state.progress[film.id];
	const segment = (/** @type {import("./types").Scene} */ scene, /** @type {number} */ index) => {
		const fraction = scene.state === "shooting" ? (progress?.scene === scene.id ? progress.fraction : scene.fraction) : null;
		const pressed = (/** @type {PointerEvent} */ event) => {
			const bar = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.currentTarget).parentElement);
			drag(event, /** @type {HTMLElement[]} */ ([...bar.querySelectorAll(".seg")]), index, "x", (to) => move(scene.id, to));
		};
		// Where there is no room for both, what is wrong is not told by colour alone.
		const wide = scene.duration / film.duration > 0.12;
		const title = `${scene.number}. ${scene.title} · ${length(scene.duration, panel.state.locale)} · ${panel.t(`state_${scene.state}`)}`;
		return h(
			"div",
			{
				class: `seg is-${scene.state} ${scene.id === chosen ? "chosen" : ""}`,
				key: scene.id,
				title,
				style: { "flex-grow": scene.duration },
				onclick: () => choose(scene.id),
				onpointerdown: pressed,
			},
			fraction !== null && h("i", { class: "done", style: { width: `${fraction * 100}%` } }),
			(wide || !BAD.includes(scene.state)) && h("span", { class: "num" }, scene.number),
			(wide || BAD.includes(scene.state)) && icon(scene.state, "small"),
		);
	};
	return h(
		"div",
		{ class: `timeline ${film.scenes.length > CROWDED ? "many" : ""}`, key: "timeline", "aria-hidden": "true" },
		film.scenes.map(segment),
		h("div", { class: "playhead", id: "playhead", hidden: true, key: "playhead" }),
	);
}

/** Put the playhead at a time of the film. @param {Panel} panel @param {number | null} seconds @param {number} duration */
export function movePlayhead(panel, seconds, duration) {
	const head = /** @type {HTMLElement | null | undefined} */ (panel.root?.querySelector("#playhead"));
	if (!head) return;
	head.hidden = seconds === null;
	head.style.left = `${(Math.min(seconds ?? 0, duration) / (duration || 1)) * 100}%`;
}
