/** The language that the panel speaks: ComfyUI's, with the words that were loaded so far. */

import { learn } from "./said.mjs";
import { nearest, translator, wordsOf } from "./words.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

export class Language {
	/** @type {import("./types").Translate} */
	t = (key) => key;
	/** One that there are words in. */
	code = "";
	/** @type {Record<string, string>} */
	#words = {};
	/** Of what was learnt beside the usual words. */
	#folders = new Set(["examples"]);

	/** @param {Panel} panel */
	constructor(panel) {
		this.panel = panel;
	}

	/** Follow ComfyUI's setting until the returned function is called. */
	follow() {
		const settings = this.panel.host.app.ui?.settings;
		// The event comes before the setting is set.
		const change = (/** @type {any} */ event) =>
			void this.panel.use(
				() => this.learn(event.detail?.value),
				() => undefined,
			);
		settings?.addEventListener("Comfy.Locale.change", change);
		return () => settings?.removeEventListener("Comfy.Locale.change", change);
	}

	/** Learn the usual words of a language. @param {unknown} [chosen] */
	async learn(chosen = this.panel.host.app.extensionManager.setting.get("Comfy.Locale")) {
		const locale = String(chosen ?? "en");
		const code = nearest(locale);
		if (code !== this.code) {
			const all = await Promise.all([".", ...this.#folders].map((folder) => wordsOf(code, folder)));
			this.#words = Object.assign({}, ...all);
			this.t = translator(this.#words, code);
			this.code = code;
			if (this.panel.state.view !== "new") await learn(this.panel);
		}
		this.panel.set({ locale: code === "en" ? "en" : locale });
	}

	/** Learn words that are loaded with what says them. @param {string} folder */
	async also(folder) {
		if (this.#folders.has(folder)) return;
		Object.assign(this.#words, await wordsOf(this.code, folder));
		this.#folders.add(folder);
	}
}
