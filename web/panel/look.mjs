/** The look of an open film: one by its name, or in the film maker's words. */

import { select } from "./controls.mjs";
import { h } from "./dom.mjs";
import { weigh, weighed, wished } from "./foreseen.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Choices} Choices @typedef {import("./types").Film} Film */

const OWN = "own words";
const WRITTEN = "";

/** @param {Panel} panel @param {Film} film @param {Choices} choices */
export function lookField(panel, film, choices) {
	if (!film.scenes.length) return null;
	const { t } = panel;
	const wish = wished(panel, film, "look")?.look;
	const now = wish ? (choices.looks.some(({ name }) => name === wish) ? wish : OWN) : lookOf(film, choices);
	const own = Boolean(panel.ui("newLook")) || now === OWN;
	const take = (/** @type {string} */ look) => look.trim() && void weigh(panel, film, [{ op: "look", look: look.trim() }]);
	const choose = (/** @type {string} */ name) => {
		panel.keep("newLook", name === OWN);
		if (name === OWN)
			setTimeout(() => /** @type {HTMLElement | null | undefined} */ (panel.root?.querySelector("#options-own-look"))?.focus());
		else take(name);
	};
	const options = [
		...(now === WRITTEN ? [{ name: WRITTEN, label: t("look_written") }] : []),
		...panel.named("look", choices.looks),
		{ name: OWN, label: t("look_own") },
	];
	const words = {
		id: "options-own-look",
		class: "area",
		style: { "grid-column": "1 / -1" },
		"aria-label": t("look_own"),
		rows: 2,
		value: now === OWN ? (wish ?? film.style.look) : "",
		placeholder: t("look_hint"),
		maxlength: choices.longest_look,
		onchange: (/** @type {Event} */ event) => take(/** @type {HTMLTextAreaElement} */ (event.target).value),
	};
	return [select("options-look", t("look"), own ? OWN : now, options, choose), own && h("textarea", words), weighed(panel, film, "look")];
}

/** Its name, if it has one; the words of a look that somebody wrote stand alone. @param {Film} film @param {Choices} choices */
function lookOf({ style }, choices) {
	const { look, light, lens, palette } = style;
	const words = [look, light, lens, palette.join(", ")].filter(Boolean).join(", ");
	const named = choices.looks.find((each) => each.words === words);
	if (named) return named.name;
	return look && words === look ? OWN : WRITTEN;
}
