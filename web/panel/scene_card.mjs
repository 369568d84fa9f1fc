/** One scene: picture, words, state, time and money; open, it is edited in place. */

import { approve, edit } from "./edits.mjs";
import { button, field, iconButton, menu } from "./controls.mjs";
import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { progressOf, timeWords } from "./job.mjs";
import { length } from "./measures.mjs";
import { stateChip } from "./more_controls.mjs";
import { drag } from "./sort.mjs";
import { takeRow } from "./takes.mjs";
import { sceneTrouble } from "./medic.mjs";
import { WAVEFORM, waveform } from "./waveform.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Scene} Scene */
/** @typedef {{choose: (scene: string) => void, move: (scene: string, to: number) => void, play: (scene: string) => void, redo: (scene: Scene) => void, open: (scene: string | null) => void, bring: (scene: Scene) => void, split: (scene: Scene) => void, add: (after: string) => void, remove: (scene: Scene) => void, merge: (scene: Scene) => void}} Deeds */

export const CARD = `
.scenes { display: flex; flex-direction: column; gap: 8px; } @container panel (min-width: 520px) { .scenes { --thumb: calc(var(--narrow) * 1.4); } }
.scene { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 8px 10px; padding: 10px 8px 6px 10px; border: 1px solid transparent; border-radius: 10px; background: color-mix(in srgb, var(--face) 62%, var(--bg)); position: relative; scroll-margin: 8px; }
.scenes.big .scene { content-visibility: auto; contain-intrinsic-size: auto 116px; }
.scene:hover { background: color-mix(in srgb, var(--face) 88%, var(--bg)); }
.scene.chosen { border-color: color-mix(in srgb, var(--link) 70%, var(--bg)); }
.scene.lifted { z-index: 3; box-shadow: 0 10px 30px rgb(0 0 0 / .45); background: var(--face); cursor: grabbing; }
.thumb { position: relative; width: var(--thumb, var(--narrow, 88px)); aspect-ratio: var(--aspect, 16 / 9); border: 0; padding: 0; border-radius: 6px; overflow: hidden; background: var(--bg); cursor: pointer; align-self: start; display: grid; place-items: center; color: var(--dim); }
.thumb img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; }
.thumb .number { position: absolute; left: 4px; top: 4px; min-width: 18px; height: 18px; padding: 0 4px; border-radius: 5px; background: rgb(0 0 0 / .72); color: #fff; font-size: 11px; font-weight: 600; display: grid; place-items: center; touch-action: none; cursor: grab; }
.thumb .over { position: absolute; inset: 0; display: grid; place-items: center; color: #fff; background: rgb(0 0 0 / .5); font-weight: 600; }
.thumb .hint { opacity: 0; transition: opacity .12s; } .thumb:hover .hint, .thumb:focus-visible .hint { opacity: 1; }
.thumb .over.bad { background: rgb(0 0 0 / .35); }
.about-scene { min-width: 0; display: flex; flex-direction: column; gap: 2px; cursor: text; border-radius: 4px; text-align: start; }
.about-scene h2 { display: flex; gap: 8px; align-items: baseline; } .about-scene h2 > span:first-child { flex: 1; } .about-scene h2 .num { font-weight: 400; font-size: 12px; color: var(--dim); white-space: nowrap; }
.said { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; color: var(--dim); font-size: 12.5px; line-height: 1.4; overflow-wrap: anywhere; }
.tall .said { -webkit-line-clamp: 4; }
.scene > .state { grid-column: 1 / -1; display: flex; align-items: center; gap: 2px; min-height: 28px; } .scene > .state > :first-child { margin-inline-end: auto; }
.scene > .wide { grid-column: 1 / -1; }
.scene .state .cost { font-size: 12px; color: var(--dim); margin-inline-end: 4px; }
.scene .approve[aria-pressed="true"] { color: var(--good); background: color-mix(in srgb, var(--good) 16%, var(--bg)); }
.scene .input, .scene .area { background: var(--bg); border-color: var(--line); }
.edit-scene { display: flex; flex-direction: column; gap: 10px; padding: 4px 0 6px; }
.take-row { display: flex; align-items: center; gap: 4px; font-size: 12px; color: var(--dim); min-height: 28px; } .take-row .push { flex: none; }
${WAVEFORM}`;

const KEPT_FIELDS = /** @type {const} */ (["prompt", "negative_prompt", "camera", "place", "mood"]);

/**
 * @param {Panel} panel
 * @param {Film} film
 * @param {Scene} scene
 * @param {Deeds} deeds
 * @param {boolean} first Whether Tab comes to it.
 */
export function sceneCard(panel, film, scene, deeds, first) {
	const { t, state } = panel;
	const chosen = panel.ui("scene") === scene.id;
	const open = panel.ui("open") === scene.id;
	const busy = Boolean(state.busy[`redo ${scene.id}`]);
	const live = scene.state === "shooting" ? progressOf(panel, film) : null;
	const mine = live?.scene === scene.id ? live : null;
	const label = t("scene_label", {
		number: scene.number,
		title: scene.title,
		length: length(scene.duration, panel.state.locale),
		state: t(`state_${scene.state}`),
	});
	return h(
		"li",
		{
			key: scene.id,
			class: `scene ${chosen ? "chosen" : ""}`,
			"data-scene": scene.id,
			tabindex: chosen || first ? 0 : -1,
			"aria-label": label,
			"aria-current": chosen ? "true" : undefined,
			onfocusin: () => chosen || deeds.choose(scene.id),
			memo: [
				scene,
				film.scenes.length,
				film.shoot,
				film.cast.map(({ id, name }) => id && name).join(),
				chosen,
				open,
				busy,
				state.locale,
				panel.t,
				state.ui.menu === `scene ${scene.id}`,
				mine && Math.round((mine.elapsed ?? 0) * 2),
				mine?.fraction,
				open && state.ui[`more ${scene.id}`],
			],
		},
		() => [
			picture(panel, scene, deeds, mine?.fraction ?? scene.fraction),
			open ? editor(panel, film, scene, deeds) : words(panel, film, scene, deeds),
			open ? null : sceneTrouble(panel, film, scene, deeds),
			takeRow(panel, film, scene),
			stateRow(panel, film, scene, deeds, mine, busy),
		],
	);
}

/** @param {Panel} panel @param {Scene} scene @param {Deeds} deeds @param {number | null} fraction */
function picture(panel, scene, deeds, fraction) {
	const { t } = panel;
	const over =
		scene.state === "shooting"
			? h("span", { class: "over num" }, fraction === null ? icon("shooting") : `${Math.round(fraction * 100)} %`)
			: h("span", { class: "over hint" }, icon("play"));
	const pressed = (/** @type {PointerEvent} */ event) => {
		const card = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.currentTarget).closest(".scene"));
		const cards = /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (card.parentElement).children]);
		drag(event, cards, cards.indexOf(card), "y", (to) => deeds.move(scene.id, to));
	};
	// While another one is shot, the last one is seen.
	const seen = scene.thumbnail ?? (scene.state === "shooting" ? scene.takes.findLast((take) => take.thumbnail)?.thumbnail : null);
	const image = seen
		? h("img", { src: panel.api.url(seen), alt: "", loading: "lazy", decoding: "async", draggable: "false" })
		: icon(scene.state);
	return h(
		"button",
		{
			type: "button",
			class: "thumb",
			"aria-label": t("play_scene", { number: scene.number }),
			title: t("play_from_here"),
			tabindex: -1,
			onclick: () => deeds.play(scene.id),
			onpointerdown: pressed,
		},
		image,
		h("span", { class: "number num" }, scene.number),
		scene.thumbnail || scene.state === "shooting" ? over : null,
	);
}

/** @param {Panel} panel @param {Film} film @param {Scene} scene @param {Deeds} deeds */
function words(panel, film, scene, deeds) {
	const told = scene.narration || scene.description;
	const seen = film.cast.filter(({ id }) => id && scene.cast.includes(id)).map(({ name }) => name);
	const edits = () => (deeds.choose(scene.id), deeds.open(scene.id));
	return h(
		"div",
		{ class: "about-scene", onclick: edits, title: panel.t("click_to_edit") },
		h(
			"h2",
			null,
			h("span", { class: "clip" }, scene.title || panel.t("scene_number", { number: scene.number })),
			h("span", { class: "num" }, length(scene.duration, panel.state.locale)),
		),
		h("p", { class: "said" }, told || panel.t("no_words")),
		seen.length ? h("p", { class: "small dim row tight" }, icon("person", "small"), h("span", { class: "clip" }, seen.join(", "))) : null,
	);
}

/** @param {Panel} panel @param {Film} film @param {Scene} scene @param {Deeds} deeds @param {ReturnType<typeof progressOf>} live @param {boolean} busy */
function stateRow(panel, film, scene, deeds, live, busy) {
	const { t } = panel;
	const cost = scene.cost && Number(scene.cost) > 0 ? panel.money(scene.cost) : "";
	const time = live ? timeWords(panel, live.left, live.elapsed) : "";
	const usable = scene.take !== null;
	const index = scene.number - 1;
	const last = film.scenes.length - 1;
	const menuItems = /** @type {Parameters<typeof menu>[3]} */ ([
		{ label: t("edit"), icon: "pencil", hint: "E", run: () => deeds.open(scene.id) },
		{ label: t("play_from_here"), icon: "play", run: () => deeds.play(scene.id) },
		{
			label: t("uses"),
			icon: "film",
			run: () =>
				panel.use(
					() => import("./continuity.mjs"),
					({ askScene }) => askScene(panel, film, scene.id),
				),
		},
		null,
		{ label: t("move_up"), icon: "up", hint: "Alt ↑", disabled: index === 0, run: () => deeds.move(scene.id, index - 1) },
		{ label: t("move_down"), icon: "down", hint: "Alt ↓", disabled: index === last, run: () => deeds.move(scene.id, index + 1) },
		{ label: t("split"), icon: "split", disabled: scene.narration.trim().split(/\s+/).length < 2, run: () => deeds.split(scene) },
		{ label: t("merge"), icon: "merge", disabled: index === last, run: () => deeds.merge(scene) },
		{ label: t("add_after"), icon: "plus", run: () => deeds.add(scene.id) },
		null,
		{ label: t("bring"), icon: "upload", run: () => deeds.bring(scene) },
		{ label: t("remove_scene"), icon: "trash", bad: true, disabled: last === 0, run: () => deeds.remove(scene) },
	]);
	return h(
		"div",
		{ class: "state" },
		h("span", { class: "row tight clip" }, stateChip(panel, scene.state), time && h("span", { class: "small dim num clip" }, time)),
		cost && h("span", { class: "cost num" }, cost),
		h(
			"button",
			{
				type: "button",
				class: "button quiet little square approve",
				"aria-pressed": String(scene.approved),
				"aria-label": t("approve_scene", { number: scene.number }),
				title: scene.approved ? t("withdraw_approval") : t("approve"),
				disabled: !usable && !scene.approved,
				onclick: () => void approve(panel, film.id, scene.id, !scene.approved),
			},
			icon("check", "small"),
		),
		iconButton(t("redo_scene", { number: scene.number }), "redo", () => deeds.redo(scene), { kind: "quiet little", disabled: busy }),
		menu(panel, `scene ${scene.id}`, { label: t("more_scene", { number: scene.number }), kind: "quiet little" }, menuItems),
	);
}

/** @param {Panel} panel @param {Film} film @param {Scene} scene @param {Deeds} deeds */
function editor(panel, film, scene, deeds) {
	const { t } = panel;
	const save = (/** @type {string} */ name) => (/** @type {Event} */ event) => {
		const { value } = /** @type {HTMLInputElement} */ (event.target);
		if (value !== /** @type {any} */ (scene)[name]) void edit(panel, film.id, [{ op: "set", scene: scene.id, fields: { [name]: value } }]);
	};
	const keys = (/** @type {KeyboardEvent} */ event) => {
		if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
			/** @type {HTMLElement} */ (event.target).blur();
			event.preventDefault();
			event.stopPropagation();
			deeds.open(null);
		}
	};
	const area = (/** @type {keyof Scene} */ name, /** @type {string} */ label, /** @type {string} */ hint = "") =>
		field(
			`${name}-${scene.id}`,
			label,
			h("textarea", {
				id: `${name}-${scene.id}`,
				class: "area",
				rows: 2,
				value: /** @type {string} */ (scene[name]),
				placeholder: hint,
				onchange: save(name),
			}),
		);
	const more = Boolean(panel.ui(`more ${scene.id}`));
	return [
		h(
			"div",
			{ class: "about-scene", onkeydown: keys },
			field(
				`title-${scene.id}`,
				t("title"),
				h("input", { id: `title-${scene.id}`, class: "input", value: scene.title, onchange: save("title") }),
			),
		),
		h(
			"div",
			{ class: "edit-scene wide", onkeydown: keys, key: "editor" },
			area("narration", t("narration"), t("narration_hint")),
			scene.line ? waveform(panel, scene.line) : null,
			area("description", t("description")),
			more
				? KEPT_FIELDS.map((name) => area(name, t(name)))
				: h(
						"button",
						{
							type: "button",
							class: "button quiet little",
							style: { "align-self": "flex-start" },
							onclick: () => panel.keep(`more ${scene.id}`, true),
						},
						t("more_options"),
					),
			h(
				"div",
				{ class: "row between" },
				h("span", { class: "small dim" }, t("saved_as_you_go")),
				button(t("done"), () => deeds.open(null), { kind: "little" }),
			),
		),
	];
}
