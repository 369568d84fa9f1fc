/** What a film would cost, and the one button that spends: its label says how much. */

import { h } from "./dom.mjs";
import { button } from "./controls.mjs";
import { icon } from "./icons.mjs";
import { sentenceOf } from "./said.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Price} Price */
/** @typedef {{at_most: string | null, allowed: boolean, why: string, why_said?: import("./types").Said | null}} Blocked */

/**
 * @param {Panel} panel
 * @param {Price | null} price
 * @param {string} who The name of the model that would shoot; empty where there is none.
 */
export function priceCard(panel, price, who) {
	const { t } = panel;
	const row = (/** @type {string} */ label, /** @type {string} */ value, /** @type {string} */ kind = "") =>
		h("div", { class: `row between ${kind}` }, h("dt", { class: "clip" }, label), h("dd", { class: "num" }, value));
	const none = panel.ui("priceProblem") ? t("price_unknown") : t("counting");
	const summary = price ? t("scenes_and_length", { n: price.scenes, length: panel.clock(price.seconds) }) : none;
	const rooms = (price?.rooms ?? []).filter((room) => room.left !== null);
	return h(
		"section",
		{ class: "card price", "aria-label": t("price"), key: "price" },
		h("p", { class: "num" }, summary),
		h(
			"dl",
			null,
			row(t("rehearsal"), t("free"), "free"),
			who
				? row(
						who,
						price?.at_most
							? t("at_most", { price: panel.money(price.at_most) })
							: price
								? t("price_unknown")
								: panel.ui("priceProblem")
									? ""
									: "…",
					)
				: null,
			price?.script
				? row(t("script_price"), price.script.at_most ? t("at_most", { price: panel.money(price.script.at_most) }) : t("price_unknown"))
				: null,
			price?.voice
				? row(t("voice"), price.voice.at_most ? t("at_most", { price: panel.money(price.voice.at_most) }) : t("price_unknown"))
				: null,
			rooms.map((room) => row(t(roomKey(room.period)), panel.money(room.left ?? 0), "dim")),
		),
	);
}

/** @param {string} period */
export function roomKey(period) {
	return period === "day" ? "left_day" : period === "month" ? "left_month" : "left_film";
}

/**
 * The button that buys. Where buying is not allowed it does not buy: it says why, and the sentence below it how to change that.
 *
 * @param {Panel} panel
 * @param {Blocked | null} price
 * @param {string} label Without the price.
 * @param {() => void} run
 * @param {boolean} [busy]
 */
export function spendButton(panel, price, label, run, busy = false) {
	const { t } = panel;
	const words = price?.at_most ? t("spend", { what: label, price: panel.money(price.at_most) }) : label;
	const blocked = !price || !price.allowed || price.at_most === null;
	return button(words, run, { kind: "outline spend num", disabled: blocked, busy, key: "spend" });
}

/**
 * Why nothing can be bought, with the way to change it.
 *
 * @param {Panel} panel
 * @param {Blocked | null} price
 * @param {{label: string, run: () => void} | null} [way] Where it is not about money.
 */
export function whyNot(panel, price, way = { label: panel.t("open_money"), run: () => void panel.go("money") }) {
	if (!price || price.allowed || !price.why) return null;
	return h(
		"p",
		{ class: "small dim why row between", key: "why" },
		h("span", null, icon("coins", "small"), sentenceOf(panel, price.why, price.why_said)),
		way && button(way.label, way.run, { kind: "little" }),
	);
}
