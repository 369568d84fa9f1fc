/** Edits after which takes would not play any more, or not as they were shot: what that would cost, and how they would be seen, is said first, and the takes stay unless the film maker lets them go. */

import { button } from "./controls.mjs";
import { h } from "./dom.mjs";
import { edit, inLine } from "./edits.mjs";
import { newest } from "./films.mjs";
import { icon } from "./icons.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Change} Change */
/** @typedef {{scene: string, way: "whole" | "cropped" | "framed", share: number, enlarged: number}} Kept As the server foresees it. */

/** From here on it is said that a picture is enlarged. */
const NOTICED = 1.05;

/** Make changes; where they concern takes that are there, ask first. @param {Panel} panel @param {Film} film @param {Change[]} changes */
export async function weigh(panel, film, changes) {
	panel.keep("weighed", null);
	const look = () => panel.api.post(`/films/${film.id}/edits/preview`, { revision: newest(panel, film.id).revision, changes });
	const found = await attempt(panel, `weigh ${film.id}`, () => inLine(panel, film.id, look));
	if (!found) return;
	if (found.again.length || found.kept.length) panel.keep("weighed", { film: film.id, changes, ...found });
	else await edit(panel, film.id, changes);
}

/** What is wished and not decided yet. @param {Panel} panel @param {Film} film @param {string} op @returns {Change | undefined} */
export function wished(panel, film, op) {
	const wish = panel.ui("weighed");
	return wish?.film === film.id ? wish.changes.find((/** @type {Change} */ change) => change.op === op) : undefined;
}

/** The question, with its price and what keeping the takes means. @param {Panel} panel @param {Film} film @param {string} op Of the wish that is asked about. */
export function weighed(panel, film, op) {
	if (!wished(panel, film, op)) return null;
	const wish = /** @type {{changes: Change[], again: string[], at_most: string | null, kept: Kept[]}} */ (panel.ui("weighed"));
	const { t } = panel;
	const go = (/** @type {Change[]} */ more) => {
		panel.keep("weighed", null);
		void edit(panel, film.id, [...wish.changes, ...more]);
	};
	const price = wish.at_most === null ? t("price_unknown") : t("at_most", { price: panel.money(wish.at_most) });
	const bought = wish.again.length ? t("again_words", { n: wish.again.length, price }) : "";
	const asked = [...new Set([...wish.again, ...wish.kept.map(({ scene }) => scene)])];
	const keep = () => go(takesOf(film, asked));
	// A take that was chosen would stay chosen.
	const letGo = () => go(asked.map((scene) => ({ op: "choose", scene, take: "" })));
	return h(
		"div",
		{ class: "trouble mild", role: "alert", key: "weighed", style: { "grid-column": "1 / -1" } },
		h("p", null, icon("coins"), h("span", null, [bought, ...keptWords(panel, film, wish.kept)].filter(Boolean).join(" "))),
		h(
			"div",
			{ class: "row wrap" },
			button(t("keep_takes"), keep, { kind: "little primary" }),
			button(t("shoot_later"), letGo, { kind: "little" }),
		),
	);
}

/** How takes would be seen, in a sentence for those that are alike. @param {Panel} panel @param {Film} film @param {Kept[]} kept */
function keptWords(panel, film, kept) {
	const { t } = panel;
	const { locale } = panel.state;
	const percent = new Intl.NumberFormat(locale, { style: "percent" });
	const times = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
	const list = new Intl.ListFormat(locale);
	/** @type {Map<string, number[]>} */
	const alike = new Map();
	for (const { scene, way, share, enlarged } of kept) {
		const how = [
			way === "cropped" && t("how_cropped", { share: percent.format(share) }),
			way === "framed" && t("how_framed", { share: percent.format(share) }),
			enlarged >= NOTICED && t("how_enlarged", { times: times.format(enlarged) }),
		];
		const words = list.format(how.filter((each) => each !== false));
		const number = film.scenes.find(({ id }) => id === scene)?.number ?? 0;
		alike.set(words, [...(alike.get(words) ?? []), number]);
	}
	return [...alike].map(([how, numbers]) => t("kept_how", { n: numbers.length, scenes: list.format(inRuns(numbers)), how }));
}

/** Rising numbers as "1–4", "6". @param {number[]} numbers */
function inRuns(numbers) {
	/** @type {[number, number][]} */
	const runs = [];
	for (const number of numbers) {
		const last = runs.at(-1);
		if (last && number === last[1] + 1) last[1] = number;
		else runs.push([number, number]);
	}
	return runs.flatMap(([from, to]) => (to - from > 1 ? [`${from}–${to}`] : to > from ? [`${from}`, `${to}`] : [`${from}`]));
}

/** Keep what these scenes play. @param {Film} film @param {string[]} scenes @returns {Change[]} */
function takesOf(film, scenes) {
	return film.scenes.filter(({ id, take }) => take && scenes.includes(id)).map(({ id, take }) => ({ op: "choose", scene: id, take }));
}
