/** The language that the panel speaks, with the words that were loaded so far. */

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

	/** Follow the settings that decide it until the returned function is called. */
	follow() {
		const { app, language } = this.panel.host;
		const settings = app.ui?.settings;
		const ends = [language.setting, "Comfy.Locale"].map((id) => {
			// The event comes before the setting is set.
			const change = (/** @type {any} */ event) =>
				void this.panel.use(
					() => this.learn({ [id]: event.detail?.value }),
					() => undefined,
				);
			settings?.addEventListener(`${id}.change`, change);
			return () => settings?.removeEventListener(`${id}.change`, change);
		});
		return () => ends.forEach((end) => end());
	}

	/** Learn the usual words of the language that is set. @param {Record<string, unknown>} [changed] */
	async learn(changed) {
		const locale = this.panel.host.language.locale(changed);
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
