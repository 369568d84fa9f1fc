/** Film: watch it with its captions and scene marks, take it away, or take it further. */

import { duplicate, openGraph, remove, run, save } from "./actions.mjs";
import { CHAT, chatLine } from "./chat.mjs";
import { button, keepsScroll, menu } from "./controls.mjs";
import { h } from "./dom.mjs";
import { FILM_TOP, filmComing, filmTop } from "./film_top.mjs";
import { icon } from "./icons.mjs";
import { endGuide } from "./guide.mjs";
import { JOB, jobLine } from "./job.mjs";
import { day, size } from "./measures.mjs";
import { bones } from "./more_controls.mjs";
import { sentenceOf } from "./said.mjs";
import { askLanguage } from "./scene_dialogs.mjs";
import { trouble } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Reel} Reel */

export const words = "film";
export const rules = `${FILM_TOP}${JOB}${CHAT}
.reel { margin: -12px -12px 0; background: #000; display: grid; grid: minmax(0, 1fr) / minmax(0, 1fr); place-items: center; overflow: hidden; aspect-ratio: var(--aspect, 16 / 9); max-height: 52vh; width: calc(100% + 24px); color: #fff; }
.reel video { width: 100%; height: 100%; object-fit: contain; }
.reel video::cue { font: 500 15px/1.35 system-ui, sans-serif; background: rgb(0 0 0 / .72); }
.marks { display: flex; gap: 2px; } .marks .button { flex: 1 1 0; min-width: 0; padding: 0 2px; height: 26px; border-radius: 4px; font-size: 12px; font-weight: 500; overflow: hidden; }
.marks.many { gap: 1px; } .marks.many .button { border-radius: 1px; font-size: 0; } .marks .button.now { background: color-mix(in srgb, var(--accent) 40%, var(--face)); }
.checks { display: flex; flex-direction: column; gap: 4px; } .checks .button { justify-content: flex-start; height: auto; min-height: 28px; padding: 5px 8px; white-space: normal; text-align: start; font-weight: 400; font-size: 12.5px; } .checks .icon { color: var(--warn); }
.take-away { display: flex; gap: 8px; flex-wrap: wrap; } .take-away > * { flex: 1 1 auto; } .take-away .anchor .button { width: 100%; }
.deeds { display: flex; flex-wrap: wrap; gap: 8px; } .deeds > .button { flex: 1 1 auto; }
.deeds > .all { flex-basis: 100%; }
.facts { border-top: 1px solid var(--line); padding-top: 12px; }
`;
const MANY_MARKS = 16;

/** @param {Panel} panel */
function player(panel) {
	return /** @type {HTMLVideoElement | null | undefined} */ (panel.root?.querySelector("#reel"));
}

/** @param {Panel} panel @param {number} at */
function seek(panel, at) {
	const video = player(panel);
	if (!video) return;
	video.currentTime = at + 0.01;
	void video.play().catch(() => undefined);
}

/** @param {Panel} panel */
export function render(panel) {
	const film = panel.state.film ? panel.state.films[panel.state.film] : undefined;
	if (!film) {
		const problem = panel.state.film ? panel.state.problems[panel.state.film] : undefined;
		return filmComing(panel, () =>
			problem ? trouble(panel, problem, { retry: () => void panel.sync.film(String(panel.state.film)) }) : bones(170, 28, 32, 32),
		);
	}
	const { reel } = film;
	return [
		filmTop(panel, film),
		h(
			"div",
			{
				class: "scroll",
				tabindex: -1,
				...keepsScroll(panel, `film ${film.id}`),
				onkeydown: (/** @type {KeyboardEvent} */ event) => keys(event, panel),
			},
			reel ? watched(panel, film, reel) : unmade(panel, film),
			facts(panel, film),
		),
		h("div", { class: "foot", key: "foot" }, chatLine(panel, film)),
	];
}

/** @param {Panel} panel @param {Film} film */
function unmade(panel, film) {
	const { t } = panel;
	const line = jobLine(panel, film);
	if (line) return line;
	return h(
		"div",
		{ class: "empty", key: "unmade" },
		icon("film"),
		h("p", null, t("no_reel")),
		button(t("rehearse_free"), () => void run(panel, film.id, "rehearse", "every"), { kind: "primary" }),
	);
}

/** @param {Panel} panel @param {Film} film @param {Reel} reel */
function watched(panel, film, reel) {
	const { t } = panel;
	const aspect = (film.brief.aspect ?? "16:9").replace(":", " / ");
	const busy = film.job?.state === "running" || film.job?.state === "waiting";
	const track = reel.captions
		? h("track", {
				kind: "captions",
				src: panel.api.url(reel.captions.vtt),
				srclang: film.brief.language ?? "en",
				label: t("captions"),
				mounted: showsCaptions,
			})
		: null;
	return [
		h(
			"div",
			{ class: "reel", key: reel.video, style: { "--aspect": aspect } },
			h(
				"video",
				{
					id: "reel",
					src: panel.api.url(reel.video),
					poster: panel.api.url(reel.thumbnail),
					controls: true,
					playsinline: true,
					preload: "metadata",
					"aria-label": film.title,
					ontimeupdate: () => mark(panel, reel),
				},
				track,
			),
		),
		marks(panel, reel),
		reel.current
			? null
			: h(
					"div",
					{ class: "trouble mild", key: "old" },
					h("p", null, icon("alert"), h("span", null, t("reel_outdated"))),
					busy
						? null
						: button(t("cut_free"), () => void run(panel, film.id, "cut", "every"), {
								kind: "little",
								busy: panel.state.busy[`run ${film.id}`],
							}),
				),
		jobLine(panel, film),
		checks(panel, film, reel),
		takeAway(panel, film, reel),
		h(
			"div",
			{ class: "deeds", key: "deeds" },
			button(t("open_graph"), () => void openGraph(panel, film.id), { icon: "graph", busy: panel.state.busy[`graph ${film.id}`] }),
			button(t("duplicate"), () => void duplicate(panel, film.id), { icon: "copy", busy: panel.state.busy[`duplicate ${film.id}`] }),
			film.source === "workflow" ? null : button(t("another_language"), () => void askLanguage(panel, film), { icon: "chat", kind: "all" }),
		),
	];
}

/** Captions are seen unless the viewer switches them off. @param {HTMLTrackElement} element */
function showsCaptions(element) {
	element.track.mode = "showing";
}

/** @param {Panel} panel @param {Reel} reel */
function marks(panel, reel) {
	if (!reel.marks.length) return null;
	const many = reel.marks.length > MANY_MARKS;
	const entry = (/** @type {Reel["marks"][number]} */ each, /** @type {number} */ index) =>
		h(
			"button",
			{
				type: "button",
				class: "button",
				key: each.scene,
				"data-start": each.start,
				style: { "flex-grow": (reel.marks[index + 1]?.start ?? reel.duration) - each.start },
				title: `${index + 1}. ${each.title} · ${panel.clock(each.start)}`,
				"aria-label": panel.t("go_to_scene", { number: index + 1, title: each.title }),
				tabindex: index ? -1 : 0,
				onclick: () => seek(panel, each.start),
			},
			index + 1,
		);
	return h(
		"div",
		{ class: `marks num ${many ? "many" : ""}`, key: "marks", role: "toolbar", "aria-label": panel.t("scene_marks"), onkeydown: along },
		reel.marks.map(entry),
	);
}

/** @param {KeyboardEvent} event */
function along(event) {
	const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
	if (!step) return;
	event.preventDefault();
	event.stopPropagation();
	const entries = /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (event.currentTarget).children]);
	const at = entries.findIndex((entry) => entry.matches(":focus"));
	entries[Math.max(0, Math.min(entries.length - 1, at + step))]?.focus();
}

/** Light up the scene that plays. @param {Panel} panel @param {Reel} reel */
function mark(panel, reel) {
	const at = player(panel)?.currentTime ?? 0;
	const now = reel.marks.filter((each) => each.start <= at).length - 1;
	panel.root?.querySelectorAll(".marks .button").forEach((element, index) => element.classList.toggle("now", index === now));
}

/** @param {Panel} panel @param {Film} film @param {Reel} reel */
function checks(panel, film, reel) {
	if (!reel.checks.length) return null;
	const entry = (/** @type {Reel["checks"][number]} */ check) => {
		const number = film.scenes.find((scene) => scene.id === check.scene)?.number;
		const where = [number ? panel.t("scene_number", { number }) : "", check.at === null ? "" : panel.clock(check.at)]
			.filter(Boolean)
			.join(", ");
		return h(
			"li",
			null,
			h(
				"button",
				{ type: "button", class: "button quiet", disabled: check.at === null, onclick: () => seek(panel, check.at ?? 0) },
				icon("alert", "small"),
				h("span", null, where && `${where}: `, sentenceOf(panel, check.words, check.words_said)),
			),
		);
	};
	return h("ul", { class: "checks", key: "checks", "aria-label": panel.t("checks") }, reel.checks.map(entry));
}

/** @param {Panel} panel @param {Film} film @param {Reel} reel */
function takeAway(panel, film, reel) {
	const { t } = panel;
	const take = (/** @type {string} */ kind) => save(panel, film.id, kind);
	return h(
		"div",
		{ class: "take-away", key: "away" },
		h(
			"a",
			{ class: "button primary", href: panel.api.url(`films/${film.id}/export/film`), download: "", onclick: () => endGuide(panel) },
			icon("download"),
			h("span", null, t("download_film")),
			h("span", { class: "num small" }, size(reel.size, panel.state.locale)),
		),
		menu(panel, "exports", { label: t("more_downloads"), words: t("more_downloads") }, [
			{ label: t("captions_srt"), icon: "download", disabled: !reel.captions, run: () => take("srt") },
			{ label: t("captions_vtt"), icon: "download", disabled: !reel.captions, run: () => take("vtt") },
			{ label: `${t("screenplay")} (Fountain)`, icon: "download", run: () => take("fountain") },
			{ label: `${t("screenplay")} (JSON)`, icon: "download", run: () => take("screenplay") },
			{ label: t("storyboard"), icon: "download", run: () => take("storyboard") },
			{ label: t("timeline_otio"), icon: "download", run: () => take("otio") },
		]),
	);
}

/** @param {Panel} panel @param {Film} film */
function facts(panel, film) {
	const { t } = panel;
	const takes = film.scenes.reduce((sum, scene) => sum + scene.takes.length, 0);
	const words = [
		t("made_on", { day: day(film.created, panel.state.locale) }),
		t("takes", { n: takes }),
		Number(film.spent) > 0 ? panel.money(film.spent) : t("free"),
	].join(" · ");
	return h(
		"div",
		{ class: "facts row between", key: "facts" },
		h("p", { class: "small dim num" }, words),
		button(t("delete_film"), () => remove(panel, film), { kind: "quiet little bad", icon: "trash" }),
	);
}

/** @param {KeyboardEvent} event @param {Panel} panel */
function keys(event, panel) {
	const video = player(panel);
	const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
	if (!video || event.key !== " " || target.closest("button, input, a, video")) return;
	event.preventDefault();
	if (video.paused) void video.play().catch(() => undefined);
	else video.pause();
}
