/** How a scene's line sounds: its loudness as a picture, played from where it is clicked. */

import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { length } from "./measures.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {NonNullable<import("./types").Scene["line"]>} Line */

export const WAVEFORM = `
.wave { display: flex; align-items: center; gap: 8px; } .wave .playing, .wave.plays .still { display: none; } .wave.plays .playing { display: block; }
.peaks { flex: 1; min-width: 0; height: 28px; cursor: pointer; background: linear-gradient(90deg, var(--link) var(--at, 0%), var(--edge) 0); mask: var(--shape, linear-gradient(#000, #000)) center / 100% 100% no-repeat; }
.peaks:not([style*="--shape"]) { mask-size: 100% 2px; }
`;
const COUNT = 120;

/** Bytes never change under one address. @type {Map<string, Promise<number[]>>} */
const known = new Map();

/** By the element that shows them. @type {WeakMap<HTMLElement, HTMLAudioElement>} */
const players = new WeakMap();

/** @param {Panel} panel @param {Line} line */
export function waveform(panel, line) {
	const play = (/** @type {HTMLElement} */ box, /** @type {number | null} */ from) => {
		const audio = players.get(box) ?? player(panel, line, box);
		if (from !== null) audio.currentTime = from * line.duration;
		if (from === null && !audio.paused) audio.pause();
		else void audio.play().catch(() => undefined);
	};
	const shown = (/** @type {HTMLElement} */ peaks) => {
		void peaksOf(panel, line).then((values) => peaks.style.setProperty("--shape", shape(values)));
	};
	return h(
		"div",
		{ class: "wave", key: line.audio, mounted: (/** @type {HTMLElement} */ box) => () => players.get(box)?.pause() },
		h(
			"button",
			{
				type: "button",
				class: "button quiet little square",
				"aria-label": panel.t("hear_line"),
				title: panel.t("hear_line"),
				onclick: (/** @type {Event} */ event) => play(boxOf(event), null),
			},
			icon("play", "small still"),
			icon("pause", "small playing"),
		),
		h("div", {
			class: "peaks",
			"aria-hidden": "true",
			mounted: shown,
			onclick: (/** @type {MouseEvent} */ event) => {
				const { left, width } = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
				play(boxOf(event), (event.clientX - left) / width);
			},
		}),
		h(
			"span",
			{ class: "small dim num" },
			[line.recorded && panel.t("own_recording"), length(line.duration, panel.state.locale)].filter(Boolean).join(" · "),
		),
	);
}

/** @param {Event} event */
function boxOf(event) {
	return /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.currentTarget).parentElement);
}

/** @param {Panel} panel @param {Line} line @param {HTMLElement} box */
function player(panel, line, box) {
	const audio = new Audio(panel.api.url(line.audio));
	players.set(box, audio);
	const peaks = /** @type {HTMLElement} */ (box.querySelector(".peaks"));
	const follow = () => {
		peaks.style.setProperty("--at", `${(audio.currentTime / line.duration) * 100}%`);
		if (!audio.paused) requestAnimationFrame(follow);
	};
	const turned = () => {
		box.classList.toggle("plays", !audio.paused);
		follow();
	};
	for (const type of ["play", "pause", "ended"]) audio.addEventListener(type, turned);
	return audio;
}

/** @param {Panel} panel @param {Line} line @returns {Promise<number[]>} None where the sound cannot be had. */
function peaksOf(panel, line) {
	const found = known.get(line.waveform);
	if (found) return found;
	const asked = panel.host.api
		.fetchApi(`${line.waveform}?count=${COUNT}`)
		.then(async (answer) => (answer.ok ? (await answer.json()).peaks : []))
		.catch(() => []);
	known.set(line.waveform, asked);
	return asked;
}

/** @param {number[]} peaks 0 to 1. */
function shape(peaks) {
	const loudest = Math.max(0.01, ...peaks);
	const bars = peaks.map((peak, index) => {
		const half = Math.max(1.5, (peak / loudest) * 50);
		return `M${index + 0.2} ${50 - half}h.6v${2 * half}h-.6z`;
	});
	const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${peaks.length || 1} 100" preserveAspectRatio="none"><path d="${bars.join("")}"/></svg>`;
	return `url("data:image/svg+xml,${encodeURIComponent(drawn)}")`;
}
