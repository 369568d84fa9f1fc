/** How an open film is made: its look, who shoots it, how large, with which voice, captions and music. An edit as any other: it can be undone. */

import { button, field, select } from "./controls.mjs";
import { dialog } from "./dialog.mjs";
import { edit, inLine } from "./edits.mjs";
import { take } from "./films.mjs";
import { weigh, weighed, wished } from "./foreseen.mjs";
import { h } from "./dom.mjs";
import { voiceName } from "./format.mjs";
import { lookField } from "./look.mjs";
import { chooseFile } from "./more_controls.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Choices} Choices @typedef {import("./types").Film} Film */

const PLACES = /** @type {const} */ (["corner circle", "side panel", "full frame"]);
const CORNERS = /** @type {const} */ (["bottom right", "bottom left", "top right", "top left"]);
const CARDS = /** @type {const} */ (["off", "title", "end", "title and end"]);
const MOST_CARD = 300;
const PACE = { min: 0.7, max: 1.4, step: 0.05 };

/** @param {Panel} panel @param {string} film */
export async function askOptions(panel, film) {
	const language = panel.state.films[film]?.brief.language ?? "en";
	const voices = `/voices?language=${encodeURIComponent(language)}`;
	const pages = ["/choices", voices, "/models", "/characters"].map((path) => panel.sync.page(path));
	await Promise.all(pages);
	panel.state.ui.weighed = null;
	panel.keep("dialog", (/** @type {Panel} */ shown) => optionsDialog(shown, film, voices));
}

/** @param {Panel} panel @param {string} id @param {string} voices */
function optionsDialog(panel, id, voices) {
	const { t } = panel;
	const film = panel.state.films[id];
	const choices = /** @type {Choices | undefined} */ (panel.state.pages["/choices"]);
	if (!film || !choices) return null;
	// What is asked about is shown as it would be.
	const options = { ...film.options, ...wished(panel, film, "options")?.fields };
	const resolution = wishedPlatform(panel, film, choices)?.resolution ?? options.resolution;
	const set = (/** @type {string} */ name) => (/** @type {string} */ value) =>
		void edit(panel, id, [{ op: "options", fields: { [name]: value } }]);
	// What is bought by other wishes: takes that are there play on, if the film maker likes.
	const shootBy = (/** @type {Record<string, string>} */ fields) => void weigh(panel, film, [{ op: "options", fields }]);
	const known = /** @type {import("./types").Voice[]} */ (panel.state.pages[voices]?.voices ?? []);
	const spoken = known
		.filter((voice) => voice.name !== "auto")
		.map((voice) => ({ name: voice.name, label: voiceName(voice, panel.state.locale, t) }));
	const backup = options.backup_voices;
	const fields = h(
		"div",
		{ class: "pair" },
		lookField(panel, film, choices),
		select("options-renderer", t("shot_by"), options.renderer, panel.named("renderer", choices.renderers), (renderer) =>
			shootBy({ renderer, renderer_model: "" }),
		),
		model(panel, options, (renderer_model) => shootBy({ renderer_model })),
		select("options-resolution", t("resolution"), resolution, choices.resolutions, (resolution) => shootBy({ resolution })),
		place(panel, film, choices),
		weighed(panel, film, "options"),
		select(
			"options-voice",
			t("voice"),
			options.voice,
			among(spoken, options.voice, { name: "auto", label: t("voice_auto") }),
			set("voice"),
		),
		select("options-backup", t("backup_voice"), backup, among(spoken, backup, { name: "", label: t("none") }), set("backup_voices")),
		film.cast.map(({ name, voice }, index) =>
			select(
				`options-voice-${index}`,
				t("voice_of", { name }),
				voice,
				among(spoken, voice, { name: "", label: t("voice_auto") }),
				(chosen) => void edit(panel, id, [{ op: "voice", person: name, voice: chosen }]),
			),
		),
		pace(panel, id, options.speed),
		select("options-captions", t("captions"), options.captions, panel.named("captions", choices.captions), set("captions")),
		cards(panel, film, set),
		presenter(panel, film, set),
		music(panel, id, options.music),
	);
	const body = [
		fields,
		h("p", { class: "small dim" }, t("film_options_words")),
		h(
			"div",
			{ class: "actions" },
			// What is asked comes first.
			button(t("done"), () => panel.keep("dialog", null), { kind: panel.ui("weighed") ? "" : "primary" }),
		),
	];
	return dialog(panel, t("film_options"), body);
}

/** The platform that is asked about. @param {Panel} panel @param {Film} film @param {Choices} choices */
function wishedPlatform(panel, film, { platforms }) {
	const wish = wished(panel, film, "platform")?.platform;
	return platforms.find(({ name }) => name === wish);
}

/** Where it is shown, and the shape of the picture: what was bought in another is cropped, or bought again. @param {Panel} panel @param {Film} film @param {Choices} choices */
function place(panel, film, choices) {
	if (!film.scenes.length) return null;
	const { t } = panel;
	const { brief } = film;
	const platforms = panel.named("platform", choices.platforms);
	const shown = wished(panel, film, "platform")?.platform ?? brief.platform ?? "any";
	// What is asked about is shown as it would be.
	const its = wishedPlatform(panel, film, choices)?.aspect;
	const aspect = wished(panel, film, "shape")?.aspect ?? its ?? brief.aspect ?? "16:9";
	const show = (/** @type {string} */ platform) => void weigh(panel, film, [{ op: "platform", platform }]);
	const shape = (/** @type {string} */ aspect) => void weigh(panel, film, [{ op: "shape", aspect }]);
	return [
		select("options-platform", t("platform"), shown, among(platforms, shown), show),
		select("options-shape", t("shape"), aspect, panel.named("aspect", choices.aspects), shape),
		weighed(panel, film, "platform"),
		weighed(panel, film, "shape"),
	];
}

/** Which model of the renderer shoots. @param {Panel} panel @param {Record<string, any>} options @param {(name: string) => void} set */
function model(panel, { renderer, renderer_model: chosen }, set) {
	const all = /** @type {{name: string, label: string, renderer: string}[]} */ (panel.state.pages["/models"]?.models ?? []);
	const known = all.filter((each) => each.renderer === renderer);
	if (!known.length) return null;
	const usual = { name: "", label: panel.t("model_usual") };
	return select("options-model", panel.t("model"), chosen, among(known, chosen, usual), set);
}

/** How fast the voice speaks. @param {Panel} panel @param {string} film @param {number} speed */
function pace(panel, film, speed) {
	const set = (/** @type {Event} */ event) => {
		const value = Number(/** @type {HTMLInputElement} */ (event.target).value);
		void edit(panel, film, [{ op: "options", fields: { speed: value } }]);
	};
	const shown = new Intl.NumberFormat(panel.state.locale, { maximumFractionDigits: 2 }).format(speed);
	return field(
		"options-speed",
		panel.t("pace_of_voice", { pace: shown }),
		h("input", { id: "options-speed", type: "range", ...PACE, value: String(speed), onchange: set }),
	);
}

/** Large words over its first and last seconds. @param {Panel} panel @param {Film} film @param {(name: string) => (value: string) => void} set */
function cards(panel, { options }, set) {
	const { t } = panel;
	const named = panel.named(
		"cards",
		CARDS.map((name) => ({ name, label: name })),
	);
	const say = (/** @type {Event} */ event) => set("end_card")(/** @type {HTMLTextAreaElement} */ (event.target).value);
	const words = { id: "options-end-card", class: "area", rows: 2, maxlength: MOST_CARD, placeholder: t("end_card_hint"), onchange: say };
	return [
		select("options-cards", t("cards"), options.cards, named, set("cards")),
		options.cards.includes("end") && field("options-end-card", t("end_card"), h("textarea", words, options.end_card)),
	];
}

/** A line of text. @param {string} id @param {string} label @param {Record<string, unknown>} given @param {(value: string) => void} set */
function written(id, label, given, set) {
	const onchange = (/** @type {Event} */ { target }) => set(/** @type {HTMLInputElement} */ (target).value.trim());
	return field(id, label, h("input", { id, type: "text", ...given, onchange }));
}

/** Who presents the film, and where. @param {Panel} panel @param {Film} film @param {(name: string) => (value: string) => void} set */
function presenter(panel, { options }, set) {
	const { t } = panel;
	const all = /** @type {import("./types").Character[]} */ (panel.state.pages["/characters"]?.characters ?? []);
	const seen = all.filter(({ pictures }) => pictures.length).map(({ id, name }) => ({ name: id, label: name }));
	const { presenter: who, presenter_place: place, presenter_corner: corner, presenter_key: key, presenter_scenes: scenes } = options;
	if (!seen.length && !who) return null;
	// A file that was brought has no name of its own.
	const known = among(seen, who, { name: "", label: t("writer_none") }).map((each) =>
		each.label.includes("/") ? { ...each, label: t("own_clip") } : each,
	);
	const named = (/** @type {string} */ kind, /** @type {readonly string[]} */ names) =>
		panel.named(
			kind,
			names.map((name) => ({ name, label: name })),
		);
	return [
		select("options-presenter", t("presenter"), who, known, set("presenter")),
		who && select("options-place", t("presenter_place"), place, named("place", PLACES), set("presenter_place")),
		who &&
			place !== "full frame" &&
			select("options-corner", t("presenter_corner"), corner, named("corner", CORNERS), set("presenter_corner")),
		who &&
			written("options-key", t("presenter_key"), { value: key, maxlength: 40, placeholder: t("presenter_key_hint") }, set("presenter_key")),
		who &&
			written(
				"options-scenes",
				t("presenter_scenes"),
				{ value: scenes === "all" ? "" : scenes, maxlength: 200, placeholder: t("presenter_scenes_hint") },
				(chosen) => set("presenter_scenes")(chosen || "all"),
			),
	];
}

/**
 * What there is to choose among: the usual one first, and the chosen one even where nobody lists it.
 *
 * @param {{name: string, label: string}[]} known
 * @param {string} chosen
 * @param {{name: string, label: string}} [usual]
 */
function among(known, chosen, usual) {
	const all = usual ? [usual, ...known] : known;
	return all.some(({ name }) => name === chosen) ? all : [...all, { name: chosen, label: chosen }];
}

/** @param {Panel} panel @param {string} film @param {string} name */
function music(panel, film, name) {
	const { t } = panel;
	const none = () => void edit(panel, film, [{ op: "options", fields: { music: "" } }]);
	const choose = () =>
		chooseFile("audio/*", (file) => {
			const work = async () => take(panel, await panel.api.call("POST", `/films/${film}/music`, { file }));
			void attempt(panel, "music", () => inLine(panel, film, work), choose);
		});
	const control = name
		? button(t("music_remove", { name: t("music") }), none, { icon: "close" })
		: button(t("choose_file"), choose, { icon: "upload", busy: panel.state.busy.music });
	return h("div", { class: "field" }, h("span", { class: "label" }, t("music")), control);
}
