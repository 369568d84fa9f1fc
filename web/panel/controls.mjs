/** The controls that views share. */

import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Child} Child @typedef {import("./icons.mjs").IconName} IconName */
/** @typedef {{label: string, icon: IconName, run: () => void, bad?: boolean, disabled?: boolean, hint?: string} | null | false | undefined} Item null draws a line. */

/**
 * @param {string} words
 * @param {() => void} run
 * @param {{kind?: string, icon?: IconName, disabled?: boolean, busy?: boolean, title?: string, key?: string, label?: string}} [more]
 */
export function button(words, run, { kind = "", icon: name, disabled = false, busy = false, title, key, label } = {}) {
	return h(
		"button",
		{
			key,
			type: "button",
			class: `button ${kind}`,
			disabled,
			// What is pressed keeps the focus while it works.
			"aria-disabled": busy ? "true" : undefined,
			"aria-busy": busy || undefined,
			"aria-label": label,
			title,
			onclick: () => busy || run(),
		},
		name && icon(name),
		h("span", null, words),
	);
}

/**
 * A button that shows only an icon.
 *
 * @param {string} label
 * @param {IconName} name
 * @param {() => void} run
 * @param {{kind?: string, disabled?: boolean, pressed?: boolean, key?: string}} [more]
 */
export function iconButton(label, name, run, { kind = "quiet", disabled = false, pressed, key } = {}) {
	const state = pressed === undefined ? undefined : String(pressed);
	return h(
		"button",
		{
			key,
			type: "button",
			class: `button square ${kind}`,
			"aria-label": label,
			title: label,
			"aria-pressed": state,
			disabled,
			onclick: run,
		},
		icon(name, name === "more" ? "dots" : kind.includes("little") ? "small" : ""),
	);
}

/**
 * @param {string} id
 * @param {string} label
 * @param {Child} control
 * @param {string} [wrong] What is wrong with it.
 */
export function field(id, label, control, wrong) {
	return h(
		"div",
		{ class: "field", key: id },
		h("label", { for: id }, label),
		control,
		wrong && h("span", { class: "wrong", id: `${id}-wrong` }, wrong),
	);
}

/**
 * @param {string} id
 * @param {string} label
 * @param {string} value
 * @param {{name: string, label: string, disabled?: boolean}[]} options
 * @param {(value: string) => void} change
 * @param {string} [wrong]
 */
export function select(id, label, value, options, change, wrong) {
	const entries = options.map((option) =>
		h("option", { value: option.name, key: option.name, disabled: option.disabled ?? false }, option.label),
	);
	const on = (/** @type {Event} */ event) => change(/** @type {HTMLSelectElement} */ (event.target).value);
	return field(
		id,
		label,
		h("select", { id, class: "select", value, onchange: on, "aria-describedby": wrong ? `${id}-wrong` : undefined }, entries),
		wrong,
	);
}

/**
 * A button that opens a list of things to do. It closes on a choice, on Escape, and on a click elsewhere.
 *
 * @param {Panel} panel
 * @param {string} name
 * @param {{label: string, icon?: IconName, words?: string, kind?: string}} face
 * @param {Item[]} [items] Without them it is the panel's drawer.
 */
export function menu(panel, name, face, items) {
	const open = panel.ui("menu") === name;
	const toggle = () =>
		panel.use(
			() => import("./menu.mjs"),
			({ list }) => {
				panel.state.ui.menuList = list;
				panel.keep("menu", open ? null : name);
			},
		);
	const opener = face.words
		? h(
				"button",
				{ type: "button", class: `button ${face.kind ?? ""}`, "aria-haspopup": "menu", "aria-expanded": String(open), onclick: toggle },
				face.icon && icon(face.icon),
				h("span", null, face.words),
				icon("down", "small"),
			)
		: h(
				"button",
				{
					type: "button",
					class: `button square ${face.kind ?? "quiet"}`,
					"aria-haspopup": "menu",
					"aria-expanded": String(open),
					"aria-label": face.label,
					title: face.label,
					onclick: toggle,
				},
				icon(face.icon ?? "more", "dots"),
			);
	return h("span", { class: "anchor", key: `menu ${name}` }, opener, open && panel.ui("menuList")(panel, face.label, items));
}

/** The first view's two tabs. @param {Panel} panel */
export function tabs(panel) {
	const tab = (/** @type {"new" | "library"} */ view, /** @type {string} */ words) => {
		const chosen = panel.state.view === view;
		return h(
			"button",
			{
				type: "button",
				role: "tab",
				class: "button",
				id: `tab-${view}`,
				"aria-selected": String(chosen),
				"aria-controls": "main",
				tabindex: chosen ? 0 : -1,
				onclick: () => void panel.go(view),
			},
			words,
		);
	};
	const turn = (/** @type {KeyboardEvent} */ event) => {
		if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
		const view = panel.state.view === "new" ? "library" : "new";
		void panel.go(view).then(() => /** @type {HTMLElement | null} */ (panel.root?.querySelector(`#tab-${view}`))?.focus());
	};
	return h(
		"div",
		{ class: "top", key: "tabs" },
		h(
			"div",
			{ class: "tabs", role: "tablist", "aria-label": "OneReel", onkeydown: turn },
			tab("new", panel.t("new_film")),
			tab("library", panel.t("library")),
		),
		menu(panel, "drawer", { label: panel.t("more") }),
	);
}

/**
 * Properties of a list that keeps its place when it is left and opened again.
 *
 * @param {Panel} panel
 * @param {string} name
 */
export function keepsScroll(panel, name) {
	return {
		key: name,
		mounted: (/** @type {HTMLElement} */ element) => {
			element.scrollTop = panel.state.ui[`scroll ${name}`] ?? 0;
		},
		onscroll: (/** @type {Event} */ event) => {
			panel.state.ui[`scroll ${name}`] = /** @type {HTMLElement} */ (event.target).scrollTop;
		},
	};
}

/** Whether a key was typed into a field. @param {KeyboardEvent} event */
export function typing(event) {
	const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
	return target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=range])");
}
