/** The form of a new film: what it holds, and what the film in it would cost. */

import { Trouble } from "./api.mjs";
import { exampleIdea, showWaysOut, unwritten } from "./tongue.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Form} Form @typedef {import("./types").Choices} Choices */

const TYPING_MS = 350;

/** What only some films need: words in another language, a platform's lengths. @param {Panel} panel */
async function learnMore(panel) {
	const { language, platform } = panel.state.form;
	if (platform && platform !== "any" && !panel.ui("lengthHint"))
		await panel.use(
			() => Promise.all([import("./fits.mjs"), panel.also("views")]),
			([{ lengthHint }]) => panel.keep("lengthHint", lengthHint),
		);
	if (tongue(language) === panel.language) return;
	await panel.use(
		async () => {
			const module = await import("./other_tongue.mjs");
			await module.learnExamples(panel);
			return module;
		},
		({ itsLanguage }) => void (panel.state.ui.itsLanguage = itsLanguage),
	);
}

/** A language without where it is spoken; what voices call "cmn" is Chinese, too. @param {string} code */
function tongue(code) {
	const short = code.split(/[-_]/)[0];
	return short === "cmn" ? "zh" : short;
}

/** Fill what the form leaves open with what is usual. @param {Panel} panel */
export function begin(panel) {
	const choices = /** @type {Choices | undefined} */ (panel.state.pages["/choices"]);
	if (!choices) return;
	panel.set({ choices, form: usual(panel.state.form, choices, panel.state.locale) });
	void voices(panel);
	void showWaysOut(panel);
	void learnMore(panel).then(() => estimate(panel, 0));
}

/** @param {Form} form @param {Choices} choices @param {string} locale @returns {Form} */
function usual(form, choices, locale) {
	const named = (/** @type {{name: string}[]} */ list, /** @type {string} */ value) =>
		list.some((entry) => entry.name === value) ? value : (list[0]?.name ?? "");
	const spoken = choices.languages.map((language) => language.code);
	const near = spoken.find((code) => code === locale) ?? spoken.find((code) => tongue(code) === tongue(locale)) ?? "en";
	const paid = choices.renderers.filter((renderer) => !renderer.free);
	const shoots = paid.some((renderer) => renderer.name === form.renderer)
		? form.renderer
		: (paid.find((renderer) => renderer.reached) ?? paid[0])?.name;
	const platform = named(choices.platforms, form.platform);
	return {
		...form,
		template: named(choices.templates, form.template),
		platform,
		aspect: form.aspect || choices.platforms.find((entry) => entry.name === platform)?.aspect || choices.aspects[0]?.name,
		duration: form.duration || choices.durations.usual || 30,
		language: spoken.includes(form.language) ? form.language : near,
		writer: named(choices.writers, form.writer || choices.options.writer),
		renderer: shoots ?? "",
		captions: named(choices.captions, form.captions || choices.options.captions),
		resolution: named(choices.resolutions, form.resolution || choices.options.resolution),
	};
}

/** @param {Panel} panel */
async function voices(panel) {
	const { language } = panel.state.form;
	if (!language || panel.state.voices[language]) return;
	const path = `/voices?language=${encodeURIComponent(language)}`;
	await panel.sync.page(path);
	const answer = panel.state.pages[path];
	// What did not come is asked for again, with the choices.
	if (!answer) return;
	panel.set({ voices: { ...panel.state.voices, [language]: Array.isArray(answer) ? answer : (answer.voices ?? []) } });
}

/** @param {Panel} panel @param {Partial<Form>} patch */
export function change(panel, patch) {
	const form = { ...panel.state.form, ...patch };
	const platform = panel.state.choices?.platforms.find((entry) => entry.name === patch.platform);
	if (platform) form.resolution = platform.resolution ?? panel.state.choices?.options.resolution ?? form.resolution;
	if (platform?.aspect) form.aspect = platform.aspect;
	if (patch.language) form.voice = "auto";
	// Another model never stands beside the price of the last one.
	const stale = "renderer" in patch || "resolution" in patch;
	// Nor another language beside what was wrong with the last one.
	const mended = "language" in patch || "writer" in patch ? { priceProblem: null } : {};
	panel.set({ form, ...(stale ? { price: null } : {}), ui: { ...panel.state.ui, ...mended, wish: null, wrong: null } });
	if (patch.language) void voices(panel);
	void showWaysOut(panel);
	void learnMore(panel).then(() => estimate(panel, TYPING_MS));
}

/** @param {Form} form */
export function orderOf(form) {
	const { idea, template, platform, aspect, duration, language, scene_count, tone, look, creativity } = form;
	return {
		brief: { idea, template, platform, aspect, duration, language, scene_count, tone, look, creativity },
		options: {
			writer: form.writer,
			director: form.director,
			voice: form.voice,
			renderer: form.renderer || "draft",
			captions: form.captions,
			resolution: form.resolution,
			...(form.music ? { music: form.music } : {}),
			...(form.cast ? { cast: form.cast } : {}),
		},
	};
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;
/** @type {AbortController | undefined} */
let asking;

/** @param {Panel} panel @param {number} wait ms without another change. */
function estimate(panel, wait) {
	clearTimeout(pause);
	pause = setTimeout(async () => {
		asking?.abort();
		const mine = (asking = new AbortController());
		// An empty idea has a price too: that of a film of this length.
		const { form } = panel.state;
		const order = orderOf({ ...form, idea: form.idea.trim() || exampleIdea(panel) });
		try {
			panel.set({
				price: await panel.api.post("/estimate", order, { signal: mine.signal }),
				ui: { ...panel.state.ui, priced: form, priceProblem: null },
			});
		} catch (error) {
			if (error instanceof DOMException) return;
			if (!(error instanceof Trouble)) throw error;
			// Fields are named where they cannot be used.
			if (error.problem.fields && !unwritten(panel)) await panel.also("views");
			// What was asked meanwhile is answered by itself.
			if (!mine.signal.aborted) panel.set({ price: null, ui: { ...panel.state.ui, priced: form, priceProblem: error.problem } });
		}
	}, wait);
}
