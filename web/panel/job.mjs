/** What is going on: stage, scene, how long it has taken and about how long it will; or how it ended. */

import { cancel, resume, run } from "./actions.mjs";
import { button } from "./controls.mjs";
import { h } from "./dom.mjs";
import { BAD } from "./medic.mjs";
import { plainly } from "./said.mjs";
import { trouble } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film */

const SECOND = 1000;

/** Sentences that foretell how long the shots take. */
const FORECAST = "job_forecast";

/** @type {Record<string, import("./types").Key>} */
const STAGES = {
	write: "stage_write",
	rehearse: "stage_rehearse",
	shoot: "stage_shoot",
	cut: "stage_cut",
	Writing: "stage_write",
	Narrating: "stage_narrate",
	Shooting: "stage_shoot",
	Assembling: "stage_cut",
	"Adding music": "stage_music",
	"Adding captions": "stage_captions",
	"Adding cards": "stage_cards",
	"Adding the presenter": "stage_presenter",
	Casting: "stage_cast",
	"Completing prompts": "stage_prompts",
	Directing: "stage_direct",
	Rendering: "stage_render",
	Saving: "stage_save",
};

/**
 * What the newest word about a film's job says, with the time since.
 *
 * @param {Panel} panel
 * @param {Film} film
 */
export function progressOf(panel, film) {
	const { job } = film;
	if (!job) return null;
	const said = panel.state.progress[film.id];
	const newest = said && said.job === job.id ? said : { ...job, heard: performance.now() };
	const elapsed = newest.elapsed === null ? null : newest.elapsed + (performance.now() - newest.heard) / SECOND;
	const left = newest.expected === null || elapsed === null ? null : newest.expected - elapsed;
	return {
		stage: newest.stage,
		scene: newest.scene,
		fraction: newest.fraction,
		// Of two figures for the time, the one that counts down is shown.
		note: left !== null && newest.note_said?.code.startsWith(FORECAST) ? "" : plainly(panel, newest.note, newest.note_said),
		elapsed,
		left,
	};
}

/** @param {Panel} panel @param {number | null} left @param {number | null} elapsed */
export function timeWords(panel, left, elapsed) {
	if (left !== null && left > 0) return panel.t("time_left", { time: panel.clock(Math.ceil(left)) });
	if (left !== null) return panel.t("longer_than_usual");
	return elapsed === null ? "" : panel.t("time_gone", { time: panel.clock(elapsed) });
}

/** @param {Panel} panel @param {Film} film */
export function jobLine(panel, film) {
	const { job } = film;
	if (!job) return film.state === "stopped" ? stopped(panel, film) : null;
	if (job.state === "waiting") return waiting(panel, film, job);
	if (job.state === "running") return running(panel, film);
	if (job.state === "failed" && job.problem) return failed(panel, film, job.problem);
	return job.state === "cancelled" || film.state === "stopped" ? stopped(panel, film) : null;
}

/** @param {Panel} panel @param {Film} film @param {import("./types").Problem} problem */
function failed(panel, film, problem) {
	const missing = film.scenes.filter((scene) => BAD.includes(scene.state)).length;
	// Its sentence names every scene's trouble, as a console must; here each stands at its scene.
	const detail = problem.kind === "ShootMissing" && missing ? panel.t("missing_shots", { n: missing }) : problem.detail;
	return trouble(
		panel,
		{ ...problem, detail, said: detail === problem.detail ? problem.said : null, action: problem.action ?? { label: "", do: "resume" } },
		{ retry: () => void resume(panel, film.id) },
	);
}

/** @param {Panel} panel @param {Film} film @param {import("./types").Job} job */
function waiting(panel, film, { position, wait }) {
	const words = position ? panel.t("queue_place", { n: position }) : panel.t("state_waiting");
	const begins = (/** @type {number} */ seconds) =>
		seconds < 1 ? panel.t("begins_soon") : panel.t("begins_in", { time: panel.clock(seconds) });
	return h(
		"section",
		{ class: "card job", key: "job" },
		h("div", { class: "row between" }, h("span", { class: "chip is-waiting" }, words), stopButton(panel, film)),
		wait === null ? null : h("p", { class: "small dim num" }, begins(wait)),
		h("div", { class: "bar unknown" }, h("i", null)),
	);
}

/** @param {Panel} panel @param {Film} film */
function running(panel, film) {
	const { t } = panel;
	const now = progressOf(panel, film);
	const number = film.scenes.find((scene) => scene.id === now?.scene)?.number;
	const stage = stageWords(panel, now?.stage || film.job?.stage || "", film.job?.action ?? "");
	const words = number ? t("stage_of_scene", { stage, number, total: film.scenes.length }) : stage;
	const fraction = now?.fraction ?? null;
	const tick = () => {
		const timer = setInterval(() => panel.set({}), SECOND);
		return () => clearInterval(timer);
	};
	return h(
		"section",
		{ class: "card job", key: "job", mounted: tick, "aria-label": t("in_progress") },
		h("div", { class: "row between" }, h("span", { class: "chip is-shooting clip" }, words), stopButton(panel, film)),
		h(
			"div",
			{
				class: `bar ${fraction === null ? "unknown" : ""}`,
				role: "progressbar",
				"aria-label": words,
				"aria-valuenow": fraction === null ? undefined : Math.round(fraction * 100),
				"aria-valuemin": 0,
				"aria-valuemax": 100,
			},
			h("i", { style: { transform: fraction === null ? null : `scaleX(${fraction})` } }),
		),
		h(
			"p",
			{ class: "small dim num row between" },
			h(
				"span",
				{ class: "clip" },
				now?.note || (now?.left !== null && now?.elapsed ? t("time_gone", { time: panel.clock(now.elapsed) }) : ""),
			),
			h("span", { class: "time" }, now && timeWords(panel, now.left, now.elapsed)),
		),
	);
}

/**
 * @param {Panel} panel
 * @param {string} stage As the server names it; before the first one, the job's action.
 * @param {string} action
 */
function stageWords(panel, stage, action) {
	// Drafts are shot too, but nobody would call that a shoot.
	const key = stage === "Shooting" && action === "rehearse" ? STAGES.rehearse : STAGES[stage || action];
	return key ? panel.t(key) : stage;
}

/** @param {Panel} panel @param {Film} film */
function stopButton(panel, film) {
	return button(panel.t("stop"), () => void cancel(panel, film.id), {
		kind: "little",
		icon: "stop",
		busy: panel.state.busy[`cancel ${film.id}`],
	});
}

/** @param {Panel} panel @param {Film} film */
function stopped(panel, film) {
	if (!film.scenes.some((scene) => scene.state !== "approved" && scene.state !== "ready" && scene.state !== "draft") && film.reel)
		return null;
	const go = () => void (film.job ? resume(panel, film.id) : run(panel, film.id, "rehearse", "every"));
	return h(
		"section",
		{ class: "card job row between", key: "job" },
		h("span", { class: "chip is-stopped" }, panel.t("stopped_words")),
		button(panel.t("resume"), go, { kind: "little", icon: "play", busy: panel.state.busy[`run ${film.id}`] }),
	);
}

export const JOB = `
.job { display: flex; flex-direction: column; gap: 8px; padding: 8px 8px 10px 12px; } .job.row { flex-direction: row; }
.job .bar { margin-inline-end: 4px; } .job .time { flex: none; }
`;
