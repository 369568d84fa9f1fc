/** How an open film is made: who shoots it, how large, with which voice, captions and music. An edit as any other: it can be undone. */

import { edit } from "./actions.mjs";
import { button, chooseFile, select } from "./controls.mjs";
import { dialog } from "./dialog.mjs";
import { h } from "./dom.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Choices} Choices */

/** @param {Panel} panel @param {string} film */
export async function askOptions(panel, film) {
	const language = panel.state.films[film]?.brief.language ?? "en";
	const voices = `/voices?language=${encodeURIComponent(language)}`;
	await Promise.all([panel.sync.page("/choices"), panel.sync.page(voices)]);
	panel.keep("dialog", (/** @type {Panel} */ shown) => optionsDialog(shown, film, voices));
}

/** @param {Panel} panel @param {string} id @param {string} voices */
function optionsDialog(panel, id, voices) {
	const { t } = panel;
	const film = panel.state.films[id];
	const choices = /** @type {Choices | undefined} */ (panel.state.pages["/choices"]);
	if (!film || !choices) return null;
	const { options } = film;
	const set = (/** @type {string} */ name) => (/** @type {string} */ value) =>
		void edit(panel, id, [{ op: "options", fields: { [name]: value } }]);
	const spoken = /** @type {import("./types").Voice[]} */ (panel.state.pages[voices]?.voices ?? []).filter(
		(voice) => voice.name !== "auto",
	);
	const backup = options.backup_voices;
	const body = h(
		"div",
		{ class: "stack", style: { gap: "12px" } },
		select("options-renderer", t("shot_by"), options.renderer, choices.renderers, set("renderer")),
		select("options-resolution", t("resolution"), options.resolution, choices.resolutions, set("resolution")),
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
		select("options-captions", t("captions"), options.captions, panel.named("captions", choices.captions), set("captions")),
		music(panel, id, options.music),
		h("p", { class: "small dim" }, t("film_options_words")),
		h(
			"div",
			{ class: "actions" },
			button(t("done"), () => panel.keep("dialog", null), { kind: "primary" }),
		),
	);
	return dialog(panel, t("film_options"), body);
}

/**
 * The voices to choose among: the usual one first, and the chosen one even where no engine lists it.
 *
 * @param {{name: string, label: string}[]} voices
 * @param {string} chosen
 * @param {{name: string, label: string}} usual
 */
function among(voices, chosen, usual) {
	const known = [usual, ...voices];
	return known.some((voice) => voice.name === chosen) ? known : [...known, { name: chosen, label: chosen }];
}

/** @param {Panel} panel @param {string} film @param {string} name */
function music(panel, film, name) {
	const { t } = panel;
	const none = () => void edit(panel, film, [{ op: "options", fields: { music: "" } }]);
	const choose = () =>
		chooseFile("audio/*", (file) => {
			const work = async () => panel.sync.take(await panel.api.call("POST", `/films/${film}/music`, { file }));
			void panel.attempt("music", work, choose);
		});
	const control = name
		? button(t("music_remove", { name: t("music") }), none, { icon: "close" })
		: button(t("choose_file"), choose, { icon: "upload", busy: panel.state.busy.music });
	return h("div", { class: "field" }, h("span", { class: "label" }, t("music")), control);
}
