/** The first film: three steps that end in one. Shown while the library is empty, or until it is put away. */

import { button, iconButton } from "./controls.mjs";
import { h } from "./dom.mjs";
import { change } from "./form.mjs";
import { icon } from "./icons.mjs";
import { style } from "./styles.mjs";
import { exampleIdea } from "./tongue.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

const PUT_AWAY = "onereel.guide";

const RULES = `
.guide ol { display: flex; flex-direction: column; gap: 6px; } .guide li { display: flex; gap: 8px; align-items: center; }
.guide .step { width: 20px; height: 20px; border-radius: 50%; display: grid; place-items: center; background: var(--face); font-size: 11px; font-weight: 600; flex: none; } .guide .done .step { background: var(--good); color: var(--bg); }
`;

/** @param {Panel} panel */
function wanted(panel) {
	if (panel.ui("guide") === false || stored()) return false;
	const { cards, search, state } = panel.state.library;
	if (!cards || search || state || cards.length > 1) return false;
	// A film that is open is the first one until it is taken away.
	return Boolean(panel.state.film) || cards.every((card) => !card.reel);
}

function stored() {
	try {
		return localStorage.getItem(PUT_AWAY) === "done";
	} catch {
		return false;
	}
}

/** @param {Panel} panel */
export function endGuide(panel) {
	try {
		localStorage.setItem(PUT_AWAY, "done");
	} catch {
		// Then it comes again with the next page.
	}
	panel.keep("guide", false);
}

/** @param {Panel} panel */
export function guideCard(panel) {
	if (!wanted(panel)) return null;
	const { t } = panel;
	if (panel.root) style(panel.root, RULES);
	const begun = Boolean(panel.state.form.idea.trim());
	const film = panel.state.film ? panel.state.films[panel.state.film] : undefined;
	const step = (/** @type {number} */ number, /** @type {string} */ words, /** @type {boolean} */ done) =>
		h(
			"li",
			{ class: done ? "done" : "" },
			h("span", { class: "step", "aria-hidden": "true" }, done ? icon("check", "small") : number),
			h("span", null, words, done && h("span", { class: "sr" }, ` (${t("done")})`)),
		);
	const idea = () => {
		change(panel, { idea: exampleIdea(panel) });
		/** @type {HTMLElement | null} */ (panel.root?.querySelector("#idea"))?.focus();
	};
	return h(
		"section",
		{ class: "card stack guide", key: "guide", "aria-labelledby": "guide-title" },
		h(
			"div",
			{ class: "row between" },
			h("h2", { id: "guide-title" }, t("guide_title")),
			iconButton(t("put_away"), "close", () => endGuide(panel), { kind: "quiet little" }),
		),
		h("p", { class: "dim" }, t("guide_words")),
		h("ol", null, step(1, t("guide_1"), begun || Boolean(film)), step(2, t("guide_2"), Boolean(film)), step(3, t("guide_3"), false)),
		film || begun ? null : h("div", null, button(t("guide_idea"), idea, { kind: "little" })),
	);
}
