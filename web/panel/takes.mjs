/** A scene's stack of takes: which one plays, and two of them side by side. */

import { edit } from "./edits.mjs";
import { button, iconButton } from "./controls.mjs";
import { dialog } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { length } from "./measures.mjs";
import { style } from "./styles.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Scene} Scene @typedef {import("./types").Take} Take */

const RULES = `
dialog.wide { width: min(1080px, calc(100vw - 32px)); max-width: none; }
.compare { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; } @media (max-width: 560px) { .compare { grid-template-columns: 1fr; } }
.side { display: flex; flex-direction: column; gap: 8px; min-width: 0; } .side video { width: 100%; max-height: 56vh; background: #000; border-radius: 8px; object-fit: contain; }
.side .letter { width: 22px; height: 22px; border-radius: 6px; background: var(--face); display: grid; place-items: center; font-weight: 700; font-size: 12px; }
.compare-bar { display: flex; align-items: center; gap: 8px; } .compare-bar input { flex: 1; min-width: 0; }
`;
const DRIFT = 0.06;
/** Seconds that the two may be apart before the second is put right: under two frames at 24 a second are not seen. */

/** @param {Panel} panel @param {Film} film @param {string} scene @param {string} take */
function choose(panel, film, scene, take) {
	return edit(panel, film.id, [{ op: "choose", scene, take }]);
}

/** The line under a scene that has more than one take. @param {Panel} panel @param {Film} film @param {Scene} scene */
export function takeRow(panel, film, scene) {
	const usable = playable(scene);
	if (usable.length < 2) return null;
	const { t } = panel;
	// A scene with other words plays none of them yet.
	const at = usable.findIndex((take) => take.id === scene.take);
	const go = (/** @type {number} */ to) => void choose(panel, film, scene.id, usable[to].id);
	const told =
		at < 0
			? t("takes", { n: usable.length })
			: `${t("take_of", { number: at + 1, total: usable.length })} · ${takeWords(panel, usable[at], scene.cost)}`;
	return h(
		"div",
		{ class: "take-row wide", key: "takes" },
		h("span", { class: "num clip", title: told }, told),
		h(
			"span",
			{ class: "push row tight" },
			iconButton(t("previous_take"), "back", () => go(at < 0 ? usable.length - 1 : at - 1), { kind: "quiet little", disabled: at === 0 }),
			button("A | B", () => compare(panel, film.id, scene.id), {
				kind: "little",
				label: t("compare_scene", { number: scene.number }),
				title: t("compare"),
			}),
			nextButton(t("next_take"), () => go(at + 1), at < 0 || at === usable.length - 1),
		),
	);
}

/** @param {string} label @param {() => void} run @param {boolean} disabled */
function nextButton(label, run, disabled) {
	const made = iconButton(label, "back", run, { kind: "quiet little", disabled });
	return h("span", { style: { transform: "scaleX(-1)", display: "inline-flex" } }, made);
}

/** @param {Scene} scene */
function playable(scene) {
	return scene.takes.filter((take) => take.video);
}

/** What a take cost, where that is not said beside it, and who shot it. @param {Panel} panel @param {Take} take @param {string | null} [told] */
function takeWords(panel, take, told) {
	return [
		Number(take.cost) > 0 && Number(take.cost) !== Number(told) && panel.money(take.cost),
		take.renderer === "draft"
			? panel.t("rehearsal")
			: take.renderer === "stills"
				? panel.t("stills")
				: take.shot_by || take.model || panel.t("own_clip"),
	]
		.filter(Boolean)
		.join(" · ");
}

/** Two takes side by side, in step. @param {Panel} panel @param {string} film @param {string} scene */
export function compare(panel, film, scene) {
	if (panel.root) style(panel.root, RULES);
	const found = panel.state.films[film]?.scenes.find((each) => each.id === scene);
	const usable = found ? playable(found) : [];
	const at = Math.max(
		0,
		usable.findIndex((take) => take.id === found?.take),
	);
	panel.set({
		ui: {
			...panel.state.ui,
			sides: [usable[at ? at - 1 : 0]?.id, usable[at || 1]?.id],
			dialog: (/** @type {Panel} */ shown) => compareDialog(shown, film, scene),
		},
	});
}

/** @param {Panel} panel @param {string} filmId @param {string} sceneId */
function compareDialog(panel, filmId, sceneId) {
	const { t } = panel;
	const film = panel.state.films[filmId];
	const scene = film?.scenes.find((each) => each.id === sceneId);
	if (!scene) return null;
	const usable = playable(scene);
	const sides = /** @type {string[]} */ (panel.ui("sides"));
	const keys = (/** @type {KeyboardEvent} */ event) => {
		const letter = event.key.toLowerCase();
		if (letter === "a" || letter === "b") void choose(panel, film, sceneId, sides[letter === "a" ? 0 : 1]);
		if (event.key === " " && !(/** @type {HTMLElement} */ (event.composedPath()[0]).closest("button, select"))) {
			event.preventDefault();
			/** @type {HTMLButtonElement | null | undefined} */ (panel.root?.querySelector(".compare-bar button"))?.click();
		}
	};
	const body = [
		h(
			"div",
			{ class: "compare" },
			sides.map((id, index) => side(panel, film, scene, usable, id, index)),
		),
		bar(panel),
		h("p", { class: "small dim" }, t("compare_keys")),
	];
	return dialog(panel, t("compare_title", { number: scene.number, title: scene.title }), body, { wide: true, onkeydown: keys });
}

/** @param {Panel} panel @param {Film} film @param {Scene} scene @param {Take[]} usable @param {string} id @param {number} index */
function side(panel, film, scene, usable, id, index) {
	const { t } = panel;
	const letter = index ? "B" : "A";
	const take = usable.find((each) => each.id === id) ?? usable[0];
	const turn = (/** @type {Event} */ event) => {
		const sides = [...panel.ui("sides")];
		sides[index] = /** @type {HTMLSelectElement} */ (event.target).value;
		panel.keep("sides", sides);
	};
	const chosen = take.id === scene.take;
	const options = usable.map((each, at) =>
		h("option", { key: each.id, value: each.id }, `${t("take_of", { number: at + 1, total: usable.length })} · ${takeWords(panel, each)}`),
	);
	return h(
		"figure",
		{ class: "side", key: letter },
		h(
			"div",
			{ class: "row" },
			h("span", { class: "letter" }, letter),
			h("select", { class: "select", "aria-label": t("take_on", { side: letter }), value: take.id, onchange: turn }, options),
		),
		h("video", {
			src: panel.api.url(take.video),
			muted: true,
			playsinline: true,
			preload: "auto",
			loop: false,
			"data-side": letter,
			poster: panel.api.url(take.thumbnail),
		}),
		h(
			"div",
			{ class: "row between" },
			h("span", { class: "small dim clip" }, take.note || length(take.duration, panel.state.locale)),
			button(chosen ? t("chosen") : t("choose_take", { side: letter }), () => void choose(panel, film, scene.id, take.id), {
				kind: chosen ? "quiet little" : "little", // Not disabled: the keyboard would be left nowhere.
			}),
		),
	);
}

/** One play button and one slider for both. @param {Panel} panel */
function bar(panel) {
	const videos = () => /** @type {HTMLVideoElement[]} */ ([...(panel.root?.querySelectorAll("video[data-side]") ?? [])]);
	const playing = Boolean(panel.ui("comparing"));
	const toggle = () => {
		const both = videos();
		if (playing) for (const video of both) video.pause();
		else {
			if (both.some((video) => video.ended)) for (const video of both) video.currentTime = 0;
			for (const video of both) void video.play().catch(() => undefined);
		}
		panel.keep("comparing", !playing);
	};
	const seek = (/** @type {Event} */ event) => {
		for (const video of videos())
			video.currentTime = (Number(/** @type {HTMLInputElement} */ (event.target).value) / 1000) * longest(videos());
	};
	const inStep = (/** @type {HTMLInputElement} */ slider) => {
		let frame = requestAnimationFrame(function follow() {
			const [a, b] = videos();
			if (a && b) {
				if (!a.paused && !b.paused && !a.ended && !b.ended && Math.abs(a.currentTime - b.currentTime) > DRIFT)
					b.currentTime = a.currentTime;
				slider.value = String((Math.max(a.currentTime, b.currentTime) / (longest([a, b]) || 1)) * 1000);
				if (panel.ui("comparing") && [a, b].every((video) => video.ended || video.paused)) panel.keep("comparing", false);
			}
			frame = requestAnimationFrame(follow);
		});
		return () => {
			cancelAnimationFrame(frame);
			panel.state.ui.comparing = false;
		};
	};
	return h(
		"div",
		{ class: "compare-bar", key: "bar" },
		iconButton(panel.t(playing ? "pause" : "play_both"), playing ? "pause" : "play", toggle, { kind: "" }),
		h("input", { type: "range", min: 0, max: 1000, step: 1, "aria-label": panel.t("position"), oninput: seek, mounted: inStep }),
	);
}

/** @param {HTMLVideoElement[]} videos */
function longest(videos) {
	return Math.max(0, ...videos.map((video) => (Number.isFinite(video.duration) ? video.duration : 0)));
}
