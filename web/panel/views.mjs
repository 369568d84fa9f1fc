/** The view that is open. New film comes with the panel; every other one is loaded when it is first opened. */

import { offline } from "./api.mjs";
import { h } from "./dom.mjs";
import * as newFilm from "./new_film.mjs";
import { style } from "./styles.mjs";
import { trouble } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").View} View @typedef {import("./types").Child} Child */
/** @typedef {{render: (panel: Panel) => Child, enter?: (panel: Panel) => void, rules?: string, words?: string}} ViewModule */

/** Screens of the drawer: who leaves one comes back to where the drawer was opened. @type {View[]} */
const DRAWER = ["money", "health", "keys", "settings", "characters"];

export class Views {
	/** @type {Partial<Record<View, ViewModule>>} */
	#loaded = { new: newFilm };

	/** @param {Panel} panel */
	constructor(panel) {
		this.panel = panel;
	}

	/** What the view that is open does when it is opened anew; it is loaded where that failed before. */
	again() {
		const { view } = this.panel.state;
		const module = this.#loaded[view];
		if (module) module.enter?.(this.panel);
		else void this.panel.go(view);
	}

	/** @param {View} view @param {string | null} film */
	async open(view, film) {
		const { panel } = this;
		const { state } = panel;
		const needsFilm = view === "scenes" || view === "film";
		if (needsFilm && !film) view = "new";
		const from = DRAWER.includes(view) && !DRAWER.includes(state.view) ? state.view : state.from;
		panel.set({ view, film: view === "new" || view === "library" ? null : film, from });
		const module = await this.#load(view).catch((error) => panel.unloaded(error));
		if (!module) return panel.set({ problems: { ...panel.state.problems, [`view ${view}`]: offline() } });
		// Only now: nothing is painted before its words are there.
		this.#loaded[view] = module;
		if (panel.root && module.rules) style(panel.root, module.rules);
		if (needsFilm && film) void panel.sync.film(film);
		if (panel.state.view === view) module.enter?.(panel);
		panel.paint();
		// What was pressed is gone with its view: the keyboard goes on from the new one.
		if (panel.root && !panel.root.activeElement)
			/** @type {HTMLElement | null} */ (panel.root.querySelector(".scroll"))?.focus({ preventScroll: true });
	}

	/** @param {View} view @returns {Promise<ViewModule>} */
	async #load(view) {
		if (view === "new") return newFilm;
		const { load } = await import("./further_views.mjs");
		return load(this.panel, view);
	}

	/** The open view; where it breaks, the others are in reach. */
	shown() {
		try {
			return this.#rendered();
		} catch (error) {
			reportError(error);
			const { panel } = this;
			const problem = { status: 500, title: "panel", detail: panel.t("panel_broke"), action: { label: "", do: "library" } };
			const again = () => void panel.go("library", null);
			return h("div", { class: "scroll", tabindex: -1, key: "broken" }, trouble(panel, problem, { retry: again }));
		}
	}

	#rendered() {
		const { panel } = this;
		const { view, problems } = panel.state;
		const module = this.#loaded[view];
		if (module) return module.render(panel);
		const problem = problems[`view ${view}`];
		if (problem) return h("div", { class: "scroll" }, trouble(panel, problem, { retry: () => void panel.go(view) }));
		return h(
			"div",
			{ class: "scroll", "aria-busy": "true" },
			h("div", { class: "bone", style: { height: "24px" } }),
			h("div", { class: "bone", style: { height: "120px" } }),
		);
	}
}
