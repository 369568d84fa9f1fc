/** New film: what most films do not need. */

import "./more_icons.mjs";
import { button, field, select } from "./controls.mjs";
import { h } from "./dom.mjs";
import { chooseFile } from "./more_controls.mjs";
import { change } from "./form.mjs";
import { scriptField } from "./script.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Form} Form @typedef {import("./types").Choices} Choices */

/** @param {Panel} panel @param {Choices} choices */
export function moreFields(panel, choices) {
	const { t } = panel;
	const { form } = panel.state;
	const set = (/** @type {keyof Form} */ name) => (/** @type {string} */ value) => change(panel, { [name]: value });
	const shown = choices.platforms.find(({ name }) => name === form.platform)?.resolutions;
	const resolutions = choices.resolutions.filter(({ name }) => shown?.includes(name) ?? true);
	const paid = choices.renderers.filter((renderer) => !renderer.free);
	const number = (/** @type {keyof Form} */ name, /** @type {string} */ label, /** @type {number} */ least, /** @type {number} */ most) =>
		field(
			`exact-${name}`,
			label,
			h("input", {
				id: `exact-${name}`,
				class: "input num",
				type: "number",
				min: least,
				max: most,
				value: String(form[name]),
				onchange: (/** @type {Event} */ event) => change(panel, { [name]: Number(/** @type {HTMLInputElement} */ (event.target).value) }),
			}),
		);
	return [
		h(
			"div",
			{ class: "pair" },
			select("writer", t("writer"), form.writer, panel.named("writer", choices.writers), set("writer")),
			select("director", t("director"), form.director, panel.named("writer", choices.directors), set("director")),
			paid.length ? select("renderer", t("shot_by"), form.renderer, panel.named("renderer", paid), set("renderer")) : null,
			select("captions", t("captions"), form.captions, panel.named("captions", choices.captions), set("captions")),
			select("resolution", t("resolution"), form.resolution, resolutions, set("resolution")),
			select("aspect", t("shape"), form.aspect, panel.named("aspect", choices.aspects), set("aspect"), panel.ui("wrong")?.aspect),
			number("duration", t("exact_length"), choices.durations.least, choices.durations.most),
			creativity(panel),
			number("scene_count", t("scene_count"), 0, choices.scene_counts.most),
			castField(panel),
			musicField(panel),
			scriptField(panel),
			field(
				"tone",
				t("tone"),
				h("input", {
					id: "tone",
					class: "input",
					value: form.tone,
					placeholder: t("tone_hint"),
					oninput: (/** @type {Event} */ event) => change(panel, { tone: /** @type {HTMLInputElement} */ (event.target).value }),
				}),
			),
		),
	];
}

/** Who plays: nobody in particular, or characters of the library. @param {Panel} panel */
function castField(panel) {
	const { form } = panel.state;
	const choose = () =>
		panel.use(
			() => import("./casting.mjs"),
			({ askNames }) => askNames(panel),
		);
	const words = form.cast === "*" ? "∗" : form.cast;
	const control = button(words || panel.t("writer_none"), choose, { icon: "person", label: panel.t("cast") });
	return h("div", { class: "field", key: "cast" }, h("span", { class: "label" }, panel.t("cast").replace(/\s*…$/, "")), control);
}

/** How far the writer may go from the idea. @param {Panel} panel */
function creativity(panel) {
	const attributes = { id: "creativity", type: "range", min: 0, max: 1, step: 0.1, value: String(panel.state.form.creativity) };
	const set = (/** @type {Event} */ event) => change(panel, { creativity: Number(/** @type {HTMLInputElement} */ (event.target).value) });
	return field("creativity", panel.t("creativity"), h("input", { ...attributes, onchange: set }));
}

/** Music under the film: none, or a file that is brought in. @param {Panel} panel */
function musicField(panel) {
	const { t } = panel;
	const { form, busy } = panel.state;
	const choose = () =>
		chooseFile("audio/*", (file) => {
			const work = async () => {
				const { music } = await panel.api.call("POST", "/music", { file });
				change(panel, { music, music_label: file.name });
			};
			void attempt(panel, "music", work, choose);
		});
	const control = form.music
		? button(form.music_label, () => change(panel, { music: "", music_label: "" }), {
				icon: "close",
				label: t("music_remove", { name: form.music_label }),
			})
		: button(t("choose_file"), choose, { icon: "upload", busy: busy.music });
	return h("div", { class: "field", key: "music" }, h("span", { class: "label" }, t("music")), control);
}
