/** Money: what was spent against the caps, how the owner changes them, and what was bought and is not here or may be gone. */

import { button } from "./controls.mjs";
import { h } from "./dom.mjs";
import { day, length } from "./measures.mjs";
import { PAGE, command, page } from "./page.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

export const words = "drawer";
export const rules = `${PAGE}
.bought summary { cursor: pointer; } .bought .item { margin-top: 8px; }
.item .asked { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
`;

const EVERY = "/spendings?limit=200";
const PAGES = ["/budget", "/operations?unfinished=true&limit=200", "/spendings?state=unknown", EVERY];
const ALLOW = "try-again";
const RESOLVE = "write-off";

/** @param {Panel} panel */
export function enter(panel) {
	for (const path of PAGES) void panel.sync.page(path, { anew: true });
}

/** @param {Panel} panel */
export function render(panel) {
	return page(
		panel,
		panel.t("money"),
		PAGES,
		(budget, { operations }, { spendings }, every) => body(panel, budget, operations, spendings, every),
		80,
		80,
		120,
	);
}

/** @param {Panel} panel @param {any} budget @param {any[]} operations @param {any[]} spendings @param {{spendings: any[], next: string | null}} every */
function body(panel, budget, operations, spendings, every) {
	const { t } = panel;
	const lost = operations.filter((operation) => operation.may.includes(RESOLVE));
	const undelivered = operations.filter((operation) => operation.may.includes(ALLOW) && !lost.includes(operation));
	const flying = operations.filter((operation) => Number(operation.held) > 0 && !lost.includes(operation));
	const allowed = every.spendings.filter((spending) => spending.state !== "unknown" && spending.may.includes(ALLOW));
	const stalled = allowed.filter((spending) => spending.state !== "settled");
	const bought = allowed.filter((spending) => spending.state === "settled");
	const capped = /** @type {import("./types").Room[]} */ (budget.rooms).filter((room) => room.cap !== null);
	const has = (/** @type {string} */ period) => capped.some((room) => room.period === period);
	return [
		h(
			"section",
			null,
			h("h2", null, t("buying")),
			h("p", null, budget.buying.on ? t("buying_on") : t("buying_off")),
			h("p", { class: "small dim" }, t("buying_owner")),
			command(panel, budget.buying.how),
		),
		h(
			"section",
			null,
			h("h2", null, t("spent")),
			capped.filter((room) => room.period !== "film").map((room) => meter(panel, room)),
			h(
				"dl",
				{ class: "pairs" },
				// What has a cap is told with it.
				has("day") ? null : pair(t("spent_today"), panel.money(budget.spent_today)),
				has("month") ? null : pair(t("spent_month"), panel.money(budget.spent_this_month)),
				capped
					.filter((room) => room.period === "film")
					.map((room) => pair(t("cap_film"), t("at_most", { price: panel.money(room.cap ?? 0) }))),
				Number(budget.held_today) > 0 ? pair(t("set_aside"), panel.money(budget.held_today)) : null,
			),
		),
		lost.length || spendings.length
			? h(
					"section",
					null,
					h("h2", null, t("lost_title")),
					h("p", { class: "small dim" }, t("lost_words")),
					lost.map((operation) => operationItem(panel, operation)),
					spendings.map((spending) => spendingItem(panel, spending)),
				)
			: null,
		undelivered.length || stalled.length
			? h(
					"section",
					null,
					h("h2", null, t("stalled_title")),
					h("p", { class: "small dim" }, t("stalled_words")),
					undelivered.map((operation) => operationItem(panel, operation)),
					stalled.map((spending) => spendingItem(panel, spending)),
				)
			: null,
		h(
			"section",
			null,
			h("h2", null, t("in_flight")),
			flying.length ? flying.map((operation) => operationItem(panel, operation)) : h("p", { class: "dim" }, t("nothing_in_flight")),
		),
		bought.length
			? h(
					"details",
					{ class: "bought stack" },
					h("summary", null, t("bought_title")),
					h("p", { class: "small dim" }, t("bought_words")),
					bought.map((spending) => spendingItem(panel, spending)),
				)
			: null,
		every.next &&
			button(t("show_older"), () => void older(panel, every), {
				kind: "little quiet",
				busy: Boolean(panel.state.busy.older),
				key: "older",
			}),
	];
}

/** Fetch what was bought before that, too. @param {Panel} panel @param {{spendings: any[], next: string | null}} every */
function older(panel, { spendings, next }) {
	return attempt(panel, "older", async () => {
		const found = await panel.api.get(`${EVERY}&cursor=${next}`);
		panel.set({ pages: { ...panel.state.pages, [EVERY]: { ...found, spendings: [...spendings, ...found.spendings] } } });
	});
}

/** @param {string} name @param {import("./types").Child} value */
export function pair(name, value) {
	return h("div", null, h("dt", null, name), h("dd", null, value));
}

/** @param {Panel} panel @param {import("./types").Room} room */
function meter(panel, room) {
	const share = Math.min(1, Number(room.used) / (Number(room.cap) || 1));
	const words = panel.t("used_of", { used: panel.money(room.used), cap: panel.money(room.cap ?? 0) });
	const name = panel.t(room.period === "day" ? "cap_day" : room.period === "month" ? "cap_month" : "cap_film");
	return h(
		"div",
		{ class: "stack", style: { gap: "4px" } },
		h("div", { class: "row between" }, h("span", null, name), h("span", { class: "num dim" }, words)),
		h(
			"div",
			{
				class: `meter ${share >= 1 ? "full" : ""}`,
				role: "meter",
				"aria-label": name,
				"aria-valuemin": 0,
				"aria-valuemax": Number(room.cap),
				"aria-valuenow": Number(room.used),
				"aria-valuetext": words,
			},
			h("i", { style: { width: `${share * 100}%` } }),
		),
	);
}

/** @param {Panel} panel @param {any} operation */
function operationItem(panel, operation) {
	const { t } = panel;
	const money = Number(operation.charged) > 0 ? operation.charged : operation.held;
	return h(
		"div",
		{ class: "item", key: operation.key },
		h(
			"div",
			{ class: "row between" },
			h(
				"span",
				{ class: "clip", title: operation.model },
				`${operation.shot_by || operation.model} · ${length(operation.duration, panel.state.locale)}`,
			),
			h("span", { class: "num" }, panel.money(money)),
		),
		h("p", { class: "small dim asked", title: operation.prompt }, operation.prompt),
		operation.fetch_by &&
			h(
				"p",
				{ class: "small" },
				t("fetch_by", { when: day(operation.fetch_by, panel.state.locale, { hour: "numeric", minute: "2-digit" }) }),
			),
		h(
			"div",
			{ class: "row wrap tight" },
			h("span", { class: "small" }, t(/** @type {any} */ (`operation_${operation.state}`))),
			deeds(panel, "operations", operation),
		),
	);
}

/** @param {Panel} panel @param {any} spending */
function spendingItem(panel, spending) {
	const { t } = panel;
	return h(
		"div",
		{ class: "item", key: spending.key },
		h(
			"div",
			{ class: "row between" },
			h("span", { class: "clip", title: spending.model }, t(/** @type {any} */ (`bought_${spending.what}`))),
			h("span", { class: "num" }, panel.money(Number(spending.charged) > 0 ? spending.charged : spending.held)),
		),
		h("p", { class: "small dim asked" }, spending.model),
		h(
			"div",
			{ class: "row wrap tight" },
			h("span", { class: "small" }, t(/** @type {any} */ (`operation_${spending.state.replace(" ", "_")}`))),
			deeds(panel, "spendings", spending),
		),
	);
}

/** @param {Panel} panel @param {string} place @param {any} bought */
function deeds(panel, place, bought) {
	const { t } = panel;
	const go = (/** @type {string} */ deed) =>
		void attempt(panel, `operation ${bought.key}`, async () => {
			await panel.api.post(`/${place}/${bought.key}/${deed}`);
			if (deed === ALLOW) panel.notify(t("allowed_again"));
			enter(panel);
		});
	const busy = bought.busy || Boolean(panel.state.busy[`operation ${bought.key}`]);
	const words = /** @type {Record<string, import("./types").Key>} */ ({
		resume: "fetch_it",
		"write-off": "write_off",
		// Nothing is sent by it.
		[ALLOW]: "allow_again",
	});
	return h(
		"span",
		{ class: "push row wrap tight" },
		bought.may.map((/** @type {string} */ deed) => button(t(words[deed]), () => go(deed), { kind: "little", busy })),
	);
}
