/** Scenes: the film as a bar and a list, to watch, change, approve and shoot. */

import { run } from "./actions.mjs";
import { button, iconButton, keepsScroll } from "./controls.mjs";
import { h } from "./dom.mjs";
import { step, stepWords } from "./edits.mjs";
import { FILM_TOP, filmComing, filmTop } from "./film_top.mjs";
import { guideCard } from "./guide.mjs";
import { JOB, jobLine } from "./job.mjs";
import { filmTrouble } from "./medic.mjs";
import { bones } from "./more_controls.mjs";
import { deedsOf, keys } from "./scene_deeds.mjs";
import { askAdd } from "./scene_dialogs.mjs";
import { CARD, sceneCard } from "./scene_card.mjs";
import { FOOT, foot } from "./scenes_foot.mjs";
import { STAGE, stageView } from "./stage.mjs";
import { TIMELINE, timeline } from "./timeline.mjs";
import { trouble } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film */

export const words = "film";
export const rules = `${FILM_TOP}${TIMELINE}${CARD}${JOB}${STAGE}${FOOT}
.bar-box { padding: 12px 12px 0; flex: none; display: flex; flex-direction: column; gap: 8px; }
.tools { display: flex; align-items: center; gap: 2px; min-height: 28px; margin-top: -2px; } .tools > .button { flex: none; }
@container panel (max-width: 359px) { .tools > .button > span { display: none; } }
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
