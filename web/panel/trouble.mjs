/** Failures: a sentence, and a button that does what the sentence says. */

import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { fieldSentence, plainly, sentenceOf } from "./said.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Problem} Problem */

/** @param {Panel} panel @param {Problem} problem */
export function sentence(panel, problem) {
	if (problem.fields?.length === 1) return fieldSentence(panel, problem.fields[0]);
	if (problem.detail) return plainly(panel, problem.detail, problem.said);
	if (problem.status === 0) return panel.t("offline");
	return problem.status === 404 ? panel.t("not_there") : panel.t("server_failed", { status: problem.status });
}

/**
 * The button that mends it, where one does.
 *
 * @param {Panel} panel
 * @param {Problem} problem
 * @param {() => void} [retry]
 * @returns {{label: string, run: () => void} | null}
 */
export function troubleButton(panel, problem, retry) {
	const { t } = panel;
	const { film } = panel.state;
	/** @template M @param {() => Promise<M>} load @param {(module: M, film: string) => void} work */
	const ofFilm = (load, work) => film && (() => panel.use(load, (module) => work(module, film)));
	const deeds = () => import("./actions.mjs");
	const options = () => import("./film_options.mjs");
	const token = () =>
		panel.use(
			() => Promise.all([import("./token.mjs"), panel.also("views")]),
			([{ askToken }]) => panel.keep("dialog", askToken),
		);
	const to = (/** @type {import("./types").View} */ view) => () => void panel.go(view);
	/** @type {Record<string, [string, (() => void) | "" | null | undefined]>} */
	const known = {
		retry: [t("try_again"), retry],
		reload: [t("reload"), film && (() => panel.sync.film(film))],
		resume: [t("resume"), ofFilm(deeds, ({ resume }, id) => resume(panel, id))],
		rehearse: [t("rehearse_free"), ofFilm(deeds, ({ run }, id) => run(panel, id, "rehearse", "every"))],
		redo: [t("redo"), retry],
		options: [t("film_options"), ofFilm(options, ({ askOptions }, id) => askOptions(panel, id))],
		token: [t("enter_token"), token],
		setup: [t("open_health"), to("health")],
		money: [t("open_money"), to("money")],
		keys: [t("open_keys"), to("keys")],
		health: [t("open_health"), to("health")],
		settings: [t("open_settings"), to("settings")],
		library: [t("to_library"), to("library")],
		new: [t("new_film"), to("new")],
	};
	const wanted = problem.action?.do ?? (problem.status === 401 ? "token" : problem.status === 503 || problem.status === 0 ? "retry" : "");
	const [label, run] = known[wanted] ?? ["", null];
	return run ? { label, run } : null;
}

/**
 * @param {Panel} panel
 * @param {Problem} problem
 * @param {{retry?: () => void, mild?: boolean, way?: {label: string, run: () => void}}} [options] `way`: what mends it, where who shows it knows.
 */
export function trouble(panel, problem, { retry, mild = false, way } = {}) {
	const button = way ?? troubleButton(panel, problem, retry) ?? (retry ? { label: panel.t("try_again"), run: retry } : null);
	return h(
		"div",
		{ class: `trouble ${mild ? "mild" : ""}`, role: "alert" },
		h(
			"p",
			null,
			icon(mild ? "alert" : "failed"),
			problem.detail && problem.fields?.length !== 1
				? sentenceOf(panel, problem.detail, problem.said)
				: h("span", { class: "told" }, sentence(panel, problem)),
		),
		// Of one field the sentence has said it.
		problem.fields && problem.fields.length > 1
			? h(
					"ul",
					{ class: "small" },
					problem.fields.map((field) => h("li", null, fieldSentence(panel, field))),
				)
			: null,
		button && h("button", { class: "button little", onclick: button.run }, button.label),
	);
}
