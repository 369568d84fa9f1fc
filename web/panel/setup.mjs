/** Local models and voices: what is missing, how large it is, under which licence; fetched only on a click. */

import { button } from "./controls.mjs";
import { h } from "./dom.mjs";
import { size } from "./measures.mjs";
import { sentenceOf } from "./said.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */
/** @typedef {import("./types").Said} Said */
/** @typedef {{id: string, label: string, words: string, words_said: Said | null, state: "ready" | "missing" | "partial" | "working", needed: boolean, size: number | null, licence: string, fetchable: boolean, done: number, files: {name: string, size: number, sha256: string}[], installation: {state: string, fraction: number, note: string, note_said: Said | null} | null}} Part */

/**
 * What is lacking for the language that a film is made in.
 *
 * @param {Panel} panel
 */
export function setupPath(panel) {
	return `/setup?language=${encodeURIComponent(panel.state.form.language || "en")}`;
}

/** @param {Panel} panel */
export function setup(panel) {
	const answer = panel.state.pages[setupPath(panel)];
	const parts = /** @type {Part[]} */ (answer?.parts ?? []);
	if (!parts.length) return null;
	const free = answer.free
		? h("p", { class: "small dim" }, panel.t("disk_free_now", { size: size(answer.free, panel.state.locale) }))
		: null;
	return h(
		"section",
		null,
		h("h2", null, panel.t("local_models")),
		free,
		parts.map((part) => item(panel, part)),
	);
}

/** What a part is: who speaks, or a sentence. @param {Panel} panel @param {Part} part */
function whatItIs(panel, part) {
	const [known] = panel.named("speaks", [{ name: part.words, label: "" }]);
	return known.label || sentenceOf(panel, part.words, part.words_said);
}

/** @param {Panel} panel @param {Part} part */
function item(panel, part) {
	const { t } = panel;
	const live = panel.ui("setup")?.[part.id] ?? part.installation;
	const working = live ? live.state === "working" : part.state === "working";
	const ready = live ? live.state === "ready" : part.state === "ready";
	const fraction = live?.fraction ?? (part.size ? part.done / part.size : 0);
	const act = (/** @type {"POST" | "DELETE"} */ method) =>
		void attempt(panel, `setup ${part.id}`, async () => {
			await panel.api.call(method, `/setup/${encodeURIComponent(part.id)}`);
			await panel.sync.page(setupPath(panel), { anew: true });
		});
	const sums = part.files.map((file) => `sha256 ${file.sha256.slice(0, 12)}`);
	const facts = [part.size ? size(part.size, panel.state.locale) : "", part.licence, ...sums].filter(Boolean).join(" · ");
	return h(
		"div",
		{ class: "item", key: part.id },
		h(
			"div",
			{ class: "row between" },
			h("strong", { class: "clip" }, panel.named("part", [{ name: part.id, label: part.label }])[0].label),
			ready ? h("span", { class: "small dim" }, t("installed")) : null,
		),
		h("p", { class: "small dim" }, live?.note ? sentenceOf(panel, live.note, live.note_said) : whatItIs(panel, part)),
		facts ? h("p", { class: "small dim num", title: part.files.map((file) => `${file.name} ${file.sha256}`).join("\n") }, facts) : null,
		working
			? h(
					"div",
					{
						class: "bar",
						role: "progressbar",
						"aria-label": part.label,
						"aria-valuemin": 0,
						"aria-valuemax": 100,
						"aria-valuenow": Math.round(fraction * 100),
					},
					h("i", { style: { transform: `scaleX(${fraction})` } }),
				)
			: null,
		working
			? h(
					"div",
					null,
					button(t("stop"), () => act("DELETE"), { kind: "little" }),
				)
			: !ready && part.fetchable
				? h(
						"div",
						null,
						button(t(part.state === "partial" ? "resume" : "fetch_model"), () => act("POST"), { kind: "little", icon: "download" }),
					)
				: null,
	);
}
