/** Scenes: the film as a bar and a list, to watch, change, approve and shoot. */

import { run } from "./actions.mjs";
import { approve, edit, step, stepWords } from "./edits.mjs";
import { CHAT, chatLine } from "./chat.mjs";
import { button, iconButton, keepsScroll, typing } from "./controls.mjs";
import { h } from "./dom.mjs";
import { FILM_TOP, filmComing, filmTop } from "./film_top.mjs";
import { guideCard } from "./guide.mjs";
import { JOB, jobLine } from "./job.mjs";
import { filmTrouble } from "./medic.mjs";
import { bones } from "./more_controls.mjs";
import { spendButton, whyNot } from "./price.mjs";
import { askAdd, askFile, askRedo, askSplit } from "./scene_dialogs.mjs";
import { CARD, sceneCard } from "./scene_card.mjs";
import { playFrom, STAGE, stageView, toggleStage } from "./stage.mjs";
import { TIMELINE, timeline } from "./timeline.mjs";
import { trouble } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Scene} Scene */

export const words = "film";
export const rules = `${FILM_TOP}${TIMELINE}${CARD}${JOB}${STAGE}${CHAT}
.bar-box { padding: 12px 12px 0; flex: none; display: flex; flex-direction: column; gap: 8px; }
.tools { display: flex; align-items: center; gap: 2px; min-height: 28px; margin-top: -2px; } .tools > .button { flex: none; }
@container panel (max-width: 359px) { .tools > .button > span { display: none; } }
.foot .sum { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; } .foot .sum > p { flex: 1 1 auto; }
.foot .two { display: flex; gap: 8px; flex-wrap: wrap; } .foot .two .button { flex: 1 1 auto; }
.why { flex-wrap: wrap; } .why > span { flex: 1 1 200px; } .why .icon { display: inline-block; vertical-align: -2px; margin-inline-end: 6px; }
`;

/** Thumbnails' width in pixels, by the picture's shape. @type {Record<string, number>} */
const THUMB = { "16:9": 88, "1:1": 64, "9:16": 52 };
const MANY = 20;

/** @param {Panel} panel */
function filmOf(panel) {
	return panel.state.film ? panel.state.films[panel.state.film] : undefined;
}

/** @param {Panel} panel */
export function render(panel) {
	const film = filmOf(panel);
	if (!film) {
		const problem = panel.state.film ? panel.state.problems[panel.state.film] : undefined;
		return filmComing(panel, () =>
			problem ? trouble(panel, problem, { retry: () => void panel.sync.film(String(panel.state.film)) }) : bones(34, 108, 108, 108, 108),
		);
	}
	const deeds = deedsOf(panel, film);
	const chosen = panel.ui("scene") ?? null;
	const aspect = film.brief.aspect ?? "16:9";
	const list = h(
		"ol",
		{
			class: `scenes ${aspect === "9:16" ? "tall" : ""} ${film.scenes.length > MANY ? "big" : ""}`,
			key: "list",
			"aria-label": panel.t("scenes"),
			style: { "--narrow": `${THUMB[aspect] ?? 88}px`, "--aspect": aspect.replace(":", " / ") },
		},
		film.scenes.map((scene, index) => sceneCard(panel, film, scene, deeds, index === 0 && !film.scenes.some((each) => each.id === chosen))),
	);
	return [
		filmTop(panel, film),
		stageView(panel, film, aspect),
		film.scenes.length
			? h(
					"div",
					{ class: "bar-box", key: "bar" },
					timeline(panel, film, { chosen, choose: (scene) => deeds.choose(scene, true), move: deeds.move }),
					tools(panel, film),
				)
			: null,
		h(
			"div",
			{
				class: "scroll",
				tabindex: -1,
				...keepsScroll(panel, `scenes ${film.id}`),
				onkeydown: (/** @type {KeyboardEvent} */ event) => keys(event, panel, film, deeds),
			},
			guideCard(panel),
			jobLine(panel, film),
			filmTrouble(panel, film),
			firstFrames(panel, film),
			film.scenes.length ? [list, origin(panel, film)] : unwritten(panel, film),
		),
		foot(panel, film),
	];
}

/** @type {typeof import("./continuity.mjs") | undefined} */
let continuity;
let continuityAsked = false;

/** What another first frame would buy, in a film whose scenes begin where others end. @param {Panel} panel @param {Film} film */
function firstFrames(panel, film) {
	if (!film.scenes.some((scene) => scene.continues)) return null;
	if (continuity) return h("div", { key: "frames" }, continuity.frameOffers(panel, film));
	if (continuityAsked) return null;
	continuityAsked = true;
	void panel.use(
		() => import("./continuity.mjs"),
		(module) => {
			continuity = module;
			panel.set({});
		},
	);
	return null;
}

/** Who wrote it, and how that came about. @param {Panel} panel @param {Film} film */
function origin(panel, film) {
	const [service, ...model] = film.writer.split(":");
	if (!service || service === "imported") return null;
	const [known] = panel.named("writer", [{ name: service, label: service }]);
	const who = panel.t("written_by", { who: model.length ? `${service}:${model.join(":")}` : known.label });
	if (!film.notes.length) return h("p", { class: "small dim", key: "origin" }, who);
	return h(
		"details",
		{ class: "small dim", key: "origin" },
		h("summary", null, who),
		h(
			"ul",
			null,
			film.notes.map((note, index) => h("li", { key: index }, note)),
		),
	);
}

/** @param {Panel} panel @param {Film} film */
function unwritten(panel, film) {
	if (film.job?.state === "running" || film.job?.state === "waiting")
		return h("div", { class: "stack", key: "list", "aria-busy": "true" }, bones(108, 108, 108));
	return h(
		"div",
		{ class: "empty", key: "list" },
		h("p", null, panel.t("no_scenes")),
		button(panel.t("rehearse_free"), () => void run(panel, film.id, "rehearse", "every"), { kind: "primary" }),
	);
}

/** @param {Panel} panel @param {Film} film @param {"undo" | "redo"} way @param {string} label */
function stepButton(panel, film, way, label) {
	return iconButton(label, way, () => void step(panel, film.id, way), { kind: "quiet little", disabled: !film[way] });
}

/** @param {Panel} panel @param {Film} film */
function tools(panel, film) {
	const { t } = panel;
	const spent = Number(film.spent) > 0 ? ` · ${panel.money(film.spent)}` : "";
	return h(
		"div",
		{ class: "tools" },
		stepButton(panel, film, "undo", film.undo ? t("undo_what", { what: stepWords(panel, film, "undo") }) : t("undo")),
		stepButton(panel, film, "redo", film.redo ? t("redo_what", { what: stepWords(panel, film, "redo") }) : t("redo_edit")),
		h(
			"span",
			{ class: "small dim num clip", style: { "margin-inline-start": "6px" } },
			t("scenes_and_length", { n: film.scenes.length, length: panel.clock(film.duration) }) + spent,
		),
		h("span", { class: "push" }),
		button(t("add"), () => askAdd(panel, film, film.scenes.at(-1)?.id ?? ""), {
			kind: "quiet little",
			icon: "plus",
			label: t("add_scene"),
			title: t("add_scene"),
		}),
	);
}

const KEYS = ["why_key", "key_gemini", "AddKey"];
const RENDERERS = ["why_renderer", "ChooseRenderer"];

/** The button that does what the sentence says; Money's where it is about money. @param {Panel} panel @param {Film} film */
function wayOut(panel, film) {
	const code = film.shoot.why_said?.code ?? "";
	if (KEYS.includes(code)) return { label: panel.t("open_keys"), run: () => void panel.go("keys") };
	if (!RENDERERS.includes(code)) return undefined;
	const options = () =>
		panel.use(
			() => import("./film_options.mjs"),
			({ askOptions }) => askOptions(panel, film.id),
		);
	return { label: panel.t("film_options"), run: options };
}

/** What can be done next: the free thing first. @param {Panel} panel @param {Film} film */
function foot(panel, film) {
	const { t } = panel;
	const busy = Boolean(panel.state.busy[`run ${film.id}`]) || film.job?.state === "running" || film.job?.state === "waiting";
	const approved = film.scenes.filter((scene) => scene.approved).length;
	const open = film.scenes.filter((scene) => !scene.approved && scene.take !== null);
	const bare = film.scenes.filter((scene) => scene.take === null);
	const all = () => void edit(panel, film.id, [{ op: "approve", scenes: open.map((scene) => scene.id), approved: true }]);
	const sum = h(
		"div",
		{ class: "sum" },
		h("p", { class: "num" }, t("approved_of", { n: approved, total: film.scenes.length })),
		open.length ? button(t("approve_all"), all, { kind: "little" }) : null,
	);
	const buys = film.shoot.scenes > 0;
	const spend =
		buys || !film.shoot.allowed
			? spendButton(
					panel,
					buys ? film.shoot : null,
					t("shoot_approved", { n: film.shoot.scenes }),
					() => void run(panel, film.id, "shoot", "approved"),
					busy,
				)
			: null;
	return h(
		"div",
		{ class: "foot", key: "foot" },
		film.scenes.length
			? [
					sum,
					buys ? whyNot(panel, film.shoot, wayOut(panel, film)) : null,
					h("div", { class: "two" }, nextStep(panel, film, bare.length, busy), buys ? spend : null),
				]
			: null,
		chatLine(panel, film),
	);
}

/** @param {Panel} panel @param {Film} film @param {number} bare Scenes without a picture. @param {boolean} busy */
function nextStep(panel, film, bare, busy) {
	const { t } = panel;
	if (bare || film.scenes.some((scene) => scene.state === "planned"))
		return button(t("rehearse_free"), () => void run(panel, film.id, "rehearse", "every"), { kind: "primary", busy });
	if (!film.reel?.current) return button(t("cut_free"), () => void run(panel, film.id, "cut", "every"), { kind: "primary", busy });
	return button(t("watch_film"), () => void panel.go("film"), { kind: "primary", icon: "play" });
}

/** @param {Panel} panel @param {Film} film @returns {import("./scene_card.mjs").Deeds & {choose: (scene: string, look?: boolean) => void}} */
function deedsOf(panel, film) {
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

/** @param {KeyboardEvent} event @param {Panel} panel @param {Film} film @param {ReturnType<typeof deedsOf>} deeds */
function keys(event, panel, film, deeds) {
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
