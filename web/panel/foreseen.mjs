/** Edits after which bought takes would not play any more: what that would cost is said first, and the takes stay unless the film maker lets them go. */

import { button } from "./controls.mjs";
import { h } from "./dom.mjs";
import { edit, inLine } from "./edits.mjs";
import { newest } from "./films.mjs";
import { icon } from "./icons.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Change} Change */

/** Make changes; where they concern what was bought, ask first. @param {Panel} panel @param {Film} film @param {Change[]} changes */
export async function weigh(panel, film, changes) {
	panel.keep("weighed", null);
	const look = () => panel.api.post(`/films/${film.id}/edits/preview`, { revision: newest(panel, film.id).revision, changes });
	const found = await panel.attempt(`weigh ${film.id}`, () => inLine(panel, film.id, look));
	if (!found) return;
	if (found.again.length) panel.keep("weighed", { film: film.id, changes, ...found });
	else await edit(panel, film.id, changes);
}

/** What is wished and not decided yet. @param {Panel} panel @param {Film} film @param {string} op @returns {Change | undefined} */
export function wished(panel, film, op) {
	const wish = panel.ui("weighed");
	return wish?.film === film.id ? wish.changes.find((/** @type {Change} */ change) => change.op === op) : undefined;
}

/** The question, with its price. @param {Panel} panel @param {Film} film @param {string} op Of the wish that is asked about. @param {string} [more] What keeping the takes means. */
export function weighed(panel, film, op, more) {
	if (!wished(panel, film, op)) return null;
	const wish = /** @type {{changes: Change[], again: string[], at_most: string | null}} */ (panel.ui("weighed"));
	const { t } = panel;
	const go = (/** @type {Change[]} */ more) => {
		panel.keep("weighed", null);
		void edit(panel, film.id, [...wish.changes, ...more]);
	};
	const price = wish.at_most === null ? t("price_unknown") : t("at_most", { price: panel.money(wish.at_most) });
	const keep = () => go(takesOf(film, wish.again));
	// A take that was chosen would stay chosen.
	const letGo = () => go(wish.again.map((scene) => ({ op: "choose", scene, take: "" })));
	return h(
		"div",
		{ class: "trouble mild", role: "alert", key: "weighed", style: { "grid-column": "1 / -1" } },
		h("p", null, icon("coins"), h("span", null, [t("again_words", { n: wish.again.length, price }), more].filter(Boolean).join(" "))),
		h(
			"div",
			{ class: "row wrap" },
			button(t("keep_takes"), keep, { kind: "little primary" }),
			button(t("shoot_later"), letGo, { kind: "little" }),
		),
	);
}

/** Keep what these scenes play. @param {Film} film @param {string[]} scenes @returns {Change[]} */
function takesOf(film, scenes) {
	return film.scenes.filter(({ id, take }) => take && scenes.includes(id)).map(({ id, take }) => ({ op: "choose", scene: id, take }));
}
