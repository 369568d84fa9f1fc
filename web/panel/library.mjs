/** Library: all films, to find, open, duplicate and delete. */

import { remove, duplicate } from "./actions.mjs";
import { button, iconButton, keepsScroll, menu, tabs } from "./controls.mjs";
import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { trouble } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").FilmCard} FilmCard */

export const words = "drawer";
export const rules = `
.finder { display: flex; flex-direction: column; gap: 8px; padding: 12px 12px 0; flex: none; }
.search { position: relative; flex: 1; min-width: 0; } .search .icon { position: absolute; left: 10px; top: 8px; color: var(--dim); pointer-events: none; } .search .input { padding-left: 32px; }
.sizes { display: flex; }
.gallery { display: grid; gap: 12px 10px; grid-template-columns: repeat(auto-fill, minmax(var(--cell, 128px), 1fr)); align-items: start; }
.tile { position: relative; min-width: 0; content-visibility: auto; contain-intrinsic-size: auto 126px; }
.tile .open { display: flex; flex-direction: column; gap: 6px; width: 100%; padding: 0; border: 0; background: none; text-align: start; cursor: pointer; border-radius: 8px; }
.tile .still { position: relative; width: 100%; aspect-ratio: 16 / 9; border-radius: 8px; overflow: hidden; background: var(--face); display: grid; place-items: center; color: var(--dim); }
.tile .still img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; } .tile .open:hover .still { outline: 2px solid var(--edge); }
.tile .open:focus-visible { outline-offset: 3px; }
.tile .time { position: absolute; right: 5px; bottom: 5px; padding: 1px 5px; border-radius: 4px; background: rgb(0 0 0 / .74); color: #fff; font-size: 11px; font-weight: 500; }
.tile .name { display: block; font-weight: 500; padding-inline-end: 24px; } .tile .meta { display: flex; gap: 8px; align-items: center; font-size: 12px; color: var(--dim); margin-top: 1px; }
.tile .anchor { position: absolute; right: -2px; bottom: 16px; }
.gallery.small-cells .name { font-size: 12px; } .gallery.small-cells .meta .cost { display: none; }
`;

/** Narrowest cells in pixels. @type {Record<string, number>} */
const CELLS = { small: 84, medium: 128, large: 220 };
const STATES = /** @type {const} */ (["planned", "waiting", "working", "done", "stopped", "failed"]);
const TYPING_MS = 250;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** @param {Panel} panel */
export function enter(panel) {
	void panel.sync.library();
}

/** @param {Panel} panel @param {Partial<import("./types").State["library"]>} patch @param {number} [wait] */
function find(panel, patch, wait = 0) {
	panel.set({ library: { ...panel.state.library, ...patch } });
	clearTimeout(pause);
	if ("size" in patch) return;
	pause = setTimeout(() => void panel.sync.library({ anew: true }), wait);
}

/** @param {Panel} panel */
export function render(panel) {
	const { library, problems } = panel.state;
	const { cards } = library;
	const problem = problems.library;
	const cell = CELLS[library.size] ?? CELLS.medium;
	return [
		tabs(panel),
		finder(panel),
		h(
			"div",
			{ class: "scroll", tabindex: -1, id: "main", role: "tabpanel", "aria-labelledby": "tab-library", ...keepsScroll(panel, "library") },
			problem ? trouble(panel, problem, { retry: () => void panel.sync.library({ anew: true }) }) : null,
			cards && !cards.length
				? empty(panel)
				: h(
						"ul",
						{
							class: `gallery ${library.size === "small" ? "small-cells" : ""}`,
							key: "gallery",
							style: { "--cell": `${cell}px` },
							"aria-label": panel.t("films"),
							"aria-busy": cards ? undefined : "true",
							onkeydown: walk,
						},
						cards
							? cards.map((card) => tile(panel, card))
							: problem
								? null
								: Array.from({ length: 6 }, (_, index) => h("li", { key: index, class: "bone", style: { "aspect-ratio": "1 / 1" } })),
					),
			library.next
				? h("div", {
						key: `more ${library.next}`,
						class: "bone",
						style: { height: "40px" },
						mounted: (/** @type {HTMLElement} */ element) => whenSeen(element, () => void panel.sync.library({ more: true })),
					})
				: null,
		),
	];
}

/** @param {HTMLElement} element @param {() => void} then */
function whenSeen(element, then) {
	const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && then(), { rootMargin: "300px" });
	watch.observe(element);
	return () => watch.disconnect();
}

/** @param {Panel} panel */
function finder(panel) {
	const { t } = panel;
	const { library } = panel.state;
	const typed = (/** @type {Event} */ event) => find(panel, { search: /** @type {HTMLInputElement} */ (event.target).value }, TYPING_MS);
	const choose = (/** @type {"state" | "sort"} */ name) => (/** @type {Event} */ event) =>
		find(panel, { [name]: /** @type {HTMLSelectElement} */ (event.target).value });
	const states = [
		h("option", { value: "" }, t("every_state")),
		...STATES.map((state) => h("option", { value: state, key: state }, t(`film_${state}`))),
	];
	const sorts = /** @type {const} */ (["changed", "created", "title"]);
	const next = /** @type {Record<string, string>} */ ({ small: "medium", medium: "large", large: "small" })[library.size];
	return h(
		"div",
		{ class: "finder", key: "finder", role: "search" },
		h(
			"div",
			{ class: "search" },
			icon("search"),
			h("input", {
				type: "search",
				class: "input",
				value: library.search,
				placeholder: t("search_films"),
				"aria-label": t("search_films"),
				oninput: typed,
			}),
		),
		h(
			"div",
			{ class: "row" },
			h("select", { class: "select", "aria-label": t("state"), value: library.state, onchange: choose("state") }, states),
			h(
				"select",
				{ class: "select", "aria-label": t("order"), value: library.sort, onchange: choose("sort") },
				sorts.map((sort) => h("option", { value: sort, key: sort }, t(`sort_${sort}`))),
			),
			iconButton(t("size_of_pictures"), "library", () => find(panel, { size: next }), { kind: "" }),
		),
	);
}

/** @param {Panel} panel @param {FilmCard} card */
function tile(panel, card) {
	const { t } = panel;
	const open = () => void panel.go(card.reel && card.state === "done" ? "film" : "scenes", card.id);
	const still = card.thumbnail
		? h("img", { src: panel.api.url(card.thumbnail), alt: "", loading: "lazy", decoding: "async" })
		: icon("film");
	const chip = h(
		"span",
		{ class: `chip is-${card.state} clip` },
		icon(STATE_ICONS[card.state], "small"),
		h("span", { class: "clip" }, t(`film_${card.state}`)),
	);
	const items = /** @type {Parameters<typeof menu>[3]} */ ([
		{ label: t("scenes"), icon: "film", run: () => void panel.go("scenes", card.id) },
		{ label: t("duplicate"), icon: "copy", run: () => void duplicate(panel, card.id) },
		{ label: t("delete_film"), icon: "trash", bad: true, run: () => remove(panel, card) },
	]);
	return h(
		"li",
		{ class: "tile", key: card.id, memo: [JSON.stringify(card), panel.state.locale, panel.t, panel.ui("menu") === `tile ${card.id}`] },
		() => [
			h(
				"button",
				{ type: "button", class: "open", onclick: open },
				h("span", { class: "still" }, still, h("span", { class: "time num" }, panel.clock(card.duration))),
				h(
					"span",
					null,
					h("span", { class: "clip name", title: card.title }, card.title),
					h("span", { class: "meta" }, chip, Number(card.spent) > 0 ? h("span", { class: "num cost" }, panel.money(card.spent)) : null),
				),
			),
			menu(panel, `tile ${card.id}`, { label: t("more_film", { title: card.title }), kind: "quiet little" }, items),
		],
	);
}

/** @type {Record<import("./types").FilmState, import("./icons.mjs").IconName>} */
const STATE_ICONS = { planned: "planned", waiting: "waiting", working: "shooting", done: "approved", stopped: "stop", failed: "failed" };

/** @param {Panel} panel */
function empty(panel) {
	const { t } = panel;
	const { search, state } = panel.state.library;
	if (search || state)
		return h(
			"div",
			{ class: "empty", key: "empty" },
			icon("search"),
			h("p", null, t("nothing_found")),
			button(t("show_all"), () => find(panel, { search: "", state: "" })),
		);
	const idea = t("idea_2");
	const go = () => {
		panel.set({ form: { ...panel.state.form, idea } });
		void panel.go("new");
	};
	return h(
		"div",
		{ class: "empty", key: "empty" },
		icon("film"),
		h("p", null, t("library_empty")),
		h("p", { style: { color: "var(--ink)" } }, `“${idea}”`),
		button(t("try_idea"), go, { kind: "primary" }),
	);
}

/** Arrows walk the gallery in two dimensions. @param {KeyboardEvent} event */
function walk(event) {
	const gallery = /** @type {HTMLElement} */ (event.currentTarget);
	const tiles = /** @type {HTMLElement[]} */ ([...gallery.querySelectorAll(".open")]);
	const at = tiles.findIndex((each) => each.matches(":focus"));
	const columns = getComputedStyle(gallery).gridTemplateColumns.split(" ").length;
	const step = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns })[event.key];
	if (at < 0 || !step) return;
	event.preventDefault();
	tiles[at + step]?.focus();
}
