/** Plays the film from any scene on, before it is cut: each scene's clip with its line, one after the other. */

import { iconButton } from "./controls.mjs";
import { h } from "./dom.mjs";
import { movePlayhead } from "./timeline.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Scene} Scene */

export const STAGE = `
.stage { flex: none; display: flex; flex-direction: column; gap: 6px; padding: 10px 12px 8px; border-bottom: 1px solid var(--line); }
.stage .screen { position: relative; background: #000; border-radius: 8px; overflow: hidden; aspect-ratio: var(--aspect, 16 / 9); max-height: 34vh; margin: 0 auto; width: 100%; }
.stage video { width: 100%; height: 100%; object-fit: contain; }
.stage .slate { position: absolute; inset: 0; display: grid; place-items: center; padding: 16px; text-align: center; color: #fff; background: #101114; font-size: 14px; }
.stage .caption { position: absolute; left: 8%; right: 8%; bottom: 6%; text-align: center; color: #fff; font-size: 12.5px; text-shadow: 0 0 3px #000, 0 1px 2px #000; pointer-events: none; }
`;

/** @param {Panel} panel @param {Film} film @param {string} scene */
export function playFrom(panel, film, scene) {
	panel.set({ ui: { ...panel.state.ui, stage: { film: film.id, scene, playing: true, turn: (panel.ui("stage")?.turn ?? 0) + 1 }, scene } });
}

/** @param {Panel} panel */
export function toggleStage(panel) {
	const stage = panel.ui("stage");
	if (stage) panel.keep("stage", { ...stage, playing: !stage.playing });
}

/** @param {Panel} panel */
function closeStage(panel) {
	panel.keep("stage", null);
	movePlayhead(panel, null, 1);
}

/** @param {Panel} panel @param {Film} film @param {string} aspect */
export function stageView(panel, film, aspect) {
	const stage = panel.ui("stage");
	if (!stage || stage.film !== film.id) return null;
	const { t } = panel;
	const at = Math.max(
		0,
		film.scenes.findIndex((scene) => scene.id === stage.scene),
	);
	const scene = film.scenes[at];
	if (!scene) return null;
	const go = (/** @type {number} */ to) => (film.scenes[to] ? playFrom(panel, film, film.scenes[to].id) : closeStage(panel));
	return h(
		"section",
		{ class: "stage", key: "stage", "aria-label": t("player"), style: { "--aspect": aspect.replace(":", " / ") } },
		h(
			"div",
			{
				class: "screen",
				key: `${scene.id} ${scene.clip} ${stage.turn}`,
				mounted: (/** @type {HTMLElement} */ screen) => perform(panel, film, scene, screen, () => go(at + 1)),
			},
			scene.clip
				? h("video", { playsinline: true, poster: panel.api.url(scene.thumbnail) })
				: h("div", { class: "slate" }, scene.title || scene.description),
			h("p", { class: "caption", "aria-hidden": "true" }),
		),
		h(
			"div",
			{ class: "row tight" },
			iconButton(t(stage.playing ? "pause" : "play"), stage.playing ? "pause" : "play", () => toggleStage(panel)),
			h("span", { class: "clip small" }, `${scene.number}. ${scene.title}`),
			h("span", { class: "push small dim num", id: "stage-time" }),
			iconButton(t("close_player"), "close", () => closeStage(panel)),
		),
	);
}

/**
 * Play one scene, as long as it lasts in the film; what it says is heard and read meanwhile.
 *
 * @param {Panel} panel
 * @param {Film} film
 * @param {Scene} scene
 * @param {HTMLElement} screen
 * @param {() => void} next
 */
function perform(panel, film, scene, screen, next) {
	const video = screen.querySelector("video");
	const line = scene.line ? new Audio(panel.api.url(scene.line.audio)) : null;
	const caption = /** @type {HTMLElement} */ (screen.querySelector(".caption"));
	if (video) {
		video.src = panel.api.url(scene.clip) ?? "";
		video.volume = line ? 0.5 : 1;
	}
	let gone = 0;
	let before = performance.now();
	let ended = false;
	let frame = requestAnimationFrame(function follow(now) {
		const playing = Boolean(panel.ui("stage")?.playing);
		for (const medium of [video, line]) if (medium) playInStep(medium, playing && gone < (medium.duration || Infinity));
		if (playing && !(video && video.readyState < 2 && !video.error)) gone += (now - before) / 1000;
		before = now;
		movePlayhead(panel, scene.start + gone, film.duration);
		const clock = panel.root?.querySelector("#stage-time");
		const words = `${panel.clock(scene.start + gone)} / ${panel.clock(film.duration)}`;
		if (clock && clock.textContent !== words) clock.textContent = words;
		const said = captionAt(scene, gone);
		if (caption.textContent !== said) caption.textContent = said;
		if (gone >= scene.duration && !ended) {
			ended = true;
			next();
		}
		frame = requestAnimationFrame(follow);
	});
	return () => {
		cancelAnimationFrame(frame);
		line?.pause();
		video?.pause();
	};
}

/** @param {HTMLMediaElement} medium @param {boolean} playing */
function playInStep(medium, playing) {
	if (playing === !medium.paused || (playing && medium.ended)) return;
	if (playing) void medium.play().catch(() => undefined);
	else medium.pause();
}

const AT_ONCE = 7;
/** Words of a caption. */

/** @param {Scene} scene @param {number} at */
function captionAt(scene, at) {
	const words = scene.line?.words ?? [];
	const now = words.findIndex((word) => at < word.end);
	if (now < 0 || at < (words[0]?.start ?? 0) - 0.2) return "";
	const first = Math.floor(now / AT_ONCE) * AT_ONCE;
	return words
		.slice(first, first + AT_ONCE)
		.map((word) => word.text)
		.join(" ");
}
