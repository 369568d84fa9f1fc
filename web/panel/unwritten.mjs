/** A language that the built-in writer does not write: the ways to a film, before anything fails. */

import { button } from "./controls.mjs";
import { h } from "./dom.mjs";
import { languageName } from "./format.mjs";
import { change } from "./form.mjs";
import { soon } from "./patience.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Choices} Choices */

/** Learn the words, and whether a server of the film maker's own answers. @param {Panel} panel */
export async function prepare(panel) {
	await Promise.all([panel.also("unwritten"), soon(panel.sync.page("/health"))]);
}

/** @param {Panel} panel @param {Choices} choices */
export function waysOut(panel, choices) {
	const { t } = panel;
	const { language: code } = panel.state.form;
	const name = (/** @type {string} */ wanted) => {
		const known = choices.languages.find((language) => language.code === wanted);
		return known ? languageName(known, panel.state.locale) : wanted;
	};
	const services = /** @type {{name: string, state: string}[]} */ (panel.state.pages["/health"]?.services ?? []);
	const ollama = services.some((each) => each.name === "ollama" && each.state === "ok");
	const gemini = choices.writers.some((each) => each.name === "gemini" && each.reached);
	const written = choices.languages
		.filter(({ code, writes }) => writes && !code.includes("-"))
		.map((language) => languageName(language, panel.state.locale));
	const list = new Intl.ListFormat(panel.state.locale).format(written);
	const first = ollama || gemini ? "little" : "little primary";
	return h(
		"section",
		{ class: "card stack", key: "unwritten", id: "ways-out", tabindex: -1, "aria-labelledby": "unwritten" },
		h("h2", { id: "unwritten" }, t("unwritten_title", { language: name(code) })),
		h("p", { class: "dim" }, t("unwritten_words", { languages: list, language: name(code) })),
		h(
			"div",
			{ class: "row wrap" },
			ollama && button(t("unwritten_ollama"), () => change(panel, { writer: "ollama" }), { kind: "little primary" }),
			gemini && button(t("unwritten_gemini"), () => change(panel, { writer: "gemini" }), { kind: `little ${ollama ? "" : "primary"}` }),
			button(
				t("unwritten_english", { language: name("en") }),
				() => void import("./in_english.mjs").then(({ inEnglish }) => inEnglish(panel)),
				{ kind: first },
			),
			button(t("unwritten_script"), () => void import("./script.mjs").then(({ chooseScript }) => chooseScript(panel)), {
				kind: "little",
				busy: panel.state.busy.script,
			}),
			!ollama && button(t("unwritten_own"), () => void panel.go("health"), { kind: "little" }),
			!gemini && button(t("unwritten_key"), () => void panel.go("keys"), { kind: "little" }),
		),
	);
}
