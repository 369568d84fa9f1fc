/** What is asked about one scene: what another take should do differently, where it is split, which file comes in. */

import { bring, redoScene, revoice, revoicePrice, translate } from "./actions.mjs";
import { button, field, select } from "./controls.mjs";
import { dialog } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { edit } from "./edits.mjs";
import { isLanguage, languageName } from "./format.mjs";
import { chooseFile } from "./more_controls.mjs";
import { soon } from "./patience.mjs";
import { sentenceOf } from "./said.mjs";
import { wishKey } from "./wish.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Scene} Scene */

/** Another take: free by default, bought by the button that says its price. @param {Panel} panel @param {Film} film @param {Scene} scene */
export function askRedo(panel, film, scene) {
	let note = "";
	const go = (/** @type {"rehearse" | "shoot"} */ action) => {
		panel.keep("dialog", null);
		void redoScene(panel, film, scene, action, note.trim());
	};
	const submit = (/** @type {Event} */ event) => (event.preventDefault(), go("rehearse"));
	const typed = (/** @type {Event} */ event) => void (note = /** @type {HTMLTextAreaElement} */ (event.target).value);
	panel.keep("dialog", (/** @type {Panel} */ shown) => {
		const { t } = shown;
		// While nothing is approved, `shoot` speaks of that alone; whether this scene may be bought is then for the server to say.
		const barred = film.shoot.scenes > 0 && !film.shoot.allowed;
		const buys = scene.price !== null && !barred;
		return dialog(
			shown,
			t("redo_title", { number: scene.number, title: scene.title }),
			h(
				"form",
				{ onsubmit: submit },
				field(
					"redo-note",
					t("redo_note"),
					h("textarea", {
						id: "redo-note",
						class: "area",
						rows: 3,
						autofocus: true,
						placeholder: t("redo_hint"),
						oninput: typed,
						maxlength: 1000,
					}),
				),
				h("p", { class: "small dim" }, t("redo_words")),
				scene.price !== null && barred && film.shoot.why
					? h("p", { class: "small dim" }, sentenceOf(panel, film.shoot.why, film.shoot.why_said))
					: null,
				h(
					"div",
					{ class: "actions" },
					buys
						? button(t("spend", { what: t("shoot_again"), price: shown.money(scene.price ?? 0) }), () => go("shoot"), {
								kind: "outline num",
							})
						: null,
					h("button", { type: "submit", class: "button primary" }, t("rehearse_free")),
				),
			),
		);
	});
}

/** @param {Panel} panel @param {Film} film @param {Scene} scene */
export function askSplit(panel, film, scene) {
	const words = scene.narration.trim().split(/\s+/);
	const at = (/** @type {number} */ index) => {
		panel.keep("dialog", null);
		void edit(panel, film.id, [{ op: "split", scene: scene.id, at: index }]);
	};
	panel.keep("dialog", (/** @type {Panel} */ shown) =>
		dialog(shown, shown.t("split_title", { number: scene.number }), [
			h("p", { class: "dim" }, shown.t("split_words")),
			h(
				"div",
				{ class: "row wrap", style: { gap: "4px" } },
				words.map((word, index) =>
					button(word, () => at(index), {
						kind: "little",
						disabled: index === 0,
						key: String(index),
						label: index ? shown.t("split_before", { word }) : undefined,
					}),
				),
			),
		]),
	);
}

/** Choose a clip, a still or a recording for a scene. @param {Panel} panel @param {Film} film @param {Scene} scene */
export function askFile(panel, film, scene) {
	const again = () => askFile(panel, film, scene);
	chooseFile("video/*,image/*,audio/*", (file) => void bring(panel, film.id, scene.id, file, again));
}

/** A new scene behind another. @param {Panel} panel @param {Film} film @param {string} after */
export function askAdd(panel, film, after) {
	let description = "";
	let narration = "";
	const add = (/** @type {Event} */ event) => {
		event.preventDefault();
		if (!description.trim() && !narration.trim()) return;
		panel.keep("dialog", null);
		void edit(panel, film.id, [{ op: "add", after, fields: { description: description.trim(), narration: narration.trim() } }]);
	};
	const area = (/** @type {string} */ id, /** @type {string} */ label, /** @type {(value: string) => void} */ typed, focus = false) =>
		field(
			id,
			label,
			h("textarea", {
				id,
				class: "area",
				rows: 2,
				autofocus: focus,
				oninput: (/** @type {Event} */ event) => typed(/** @type {HTMLTextAreaElement} */ (event.target).value),
			}),
		);
	panel.keep("dialog", (/** @type {Panel} */ shown) =>
		dialog(
			shown,
			shown.t("add_scene"),
			h(
				"form",
				{ onsubmit: add },
				area("add-description", shown.t("description"), (value) => (description = value), true),
				area("add-narration", shown.t("narration"), (value) => (narration = value)),
				h("div", { class: "actions" }, h("button", { type: "submit", class: "button primary" }, shown.t("add"))),
			),
		),
	);
}

/** A model that the film maker's own server has; empty where none answers soon. @param {Panel} panel */
async function ownModel(panel) {
	const path = "/setup?writer=ollama";
	await soon(panel.sync.page(path));
	const parts = /** @type {{id: string, kind: string, state: string}[]} */ (panel.state.pages[path]?.parts ?? []);
	const model = parts.find(({ kind, state }) => kind === "model" && state === "ready");
	return model?.id.slice("model-".length).replaceAll("~", "/") ?? "";
}

/** The film in another language, as a film of its own: over the same takes, or written anew. @param {Panel} panel @param {Film} film */
export async function askLanguage(panel, film) {
	await panel.sync.page("/choices");
	const languages = /** @type {import("./types").Choices | undefined} */ (panel.state.pages["/choices"])?.languages ?? [];
	const wrote = /^(ollama|gemini):/.exec(film.writer)?.[1];
	// A model of the film maker's own costs nothing.
	const own = wrote ? "" : await ownModel(panel);
	const wish = { language: "", way: "takes", service: wrote ?? (own ? "ollama" : "gemini"), model: own };
	const entries = () =>
		languages
			.filter(({ code }) => isLanguage(code, panel.state.locale))
			.filter((language) => (wish.way === "takes" || language.writes) && language.code !== film.brief.language)
			.map((language) => ({ name: language.code, label: languageName(language, panel.state.locale) }))
			.sort((a, b) => a.label.localeCompare(b.label, panel.state.locale));
	// The film maker's own first.
	const first = () => [panel.language, "en", "es"].find((code) => entries().some(({ name }) => name === code)) ?? entries()[0]?.name ?? "";
	const asked = () => ({
		language: wish.language || first(),
		service: wish.service === wrote && !wish.model ? "" : wish.service,
		model: wish.model.trim(),
	});
	/** @type {Record<string, string>} */
	const keys = {};
	const price = async (anew = false) => {
		const path = revoicePrice(film.id, asked());
		if (wish.way === "takes" && asked().language) await panel.sync.page(path, { anew });
		return path;
	};
	const set = (/** @type {Partial<typeof wish>} */ patch) => {
		Object.assign(wish, patch);
		panel.set({});
		void price();
	};
	const make = async (/** @type {Event} */ event) => {
		event.preventDefault();
		if (!asked().language) return;
		if (wish.way === "anew") {
			panel.keep("dialog", null);
			await translate(panel, film.id, asked().language);
			return;
		}
		const seen = Object.keys(panel.state.pages);
		const path = await price();
		// Whoever clicked before the price was there has not seen it.
		if (!seen.includes(path) && costs(path)) return;
		keys[path] ??= wishKey();
		await revoice(panel, film.id, asked(), keys[path]);
	};
	/** What the translation costs at most; empty where that is nothing, or not known. */
	const costs = (/** @type {string} */ path) => {
		const most = /** @type {any} */ (panel.state.pages[path])?.at_most;
		return Number(most) > 0 ? panel.money(most) : "";
	};
	void price(true);
	panel.keep("dialog", (/** @type {Panel} */ shown) => {
		const { t } = shown;
		const ways = [
			{ name: "takes", label: t("revoice") },
			{ name: "anew", label: t("write_anew") },
		];
		const services = [
			{ name: "gemini", label: "Gemini" },
			{ name: "ollama", label: "Ollama" },
		];
		const model = {
			id: "other-model",
			class: "input",
			value: wish.model,
			placeholder: wish.service === wrote ? film.writer.slice(wish.service.length + 1) : wish.service === "ollama" ? "llama3.2" : "",
			oninput: (/** @type {Event} */ event) => void (wish.model = /** @type {HTMLInputElement} */ (event.target).value),
			onchange: () => set({}),
		};
		const dear = wish.way === "takes" ? costs(revoicePrice(film.id, asked())) : "";
		const what = t(wish.way === "takes" ? "translate" : "rehearse_free");
		return dialog(
			shown,
			t("another_language"),
			h(
				"form",
				{ class: "stack", onsubmit: (/** @type {Event} */ event) => void make(event) },
				select("other-language", t("language"), wish.language || first(), entries(), (language) => set({ language })),
				select("other-way", t("picture"), wish.way, ways, (way) => set({ way })),
				h("p", { class: "small dim" }, t(wish.way === "takes" ? "revoice_words" : "another_language_words")),
				wish.way === "takes"
					? h(
							"div",
							{ class: "pair" },
							select("other-service", t("translator"), wish.service, services, (service) =>
								set({ service, model: service === "ollama" ? own : "" }),
							),
							field("other-model", t("model"), h("input", model)),
						)
					: null,
				h(
					"div",
					{ class: "actions" },
					h(
						"button",
						{ type: "submit", class: "button primary", "aria-busy": shown.state.busy[`revoice ${film.id}`] },
						dear ? t("spend", { what, price: dear }) : what,
					),
				),
			),
		);
	});
}
