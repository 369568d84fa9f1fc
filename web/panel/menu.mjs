/** The list that a menu's button opens. */

import "./more_icons.mjs";
import { h } from "./dom.mjs";
import { drawerItems } from "./drawer.mjs";
import { icon } from "./icons.mjs";
import { style } from "./styles.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

/** How a key looks. */
export const CAPS = `
kbd { font: 500 12px/1 var(--font-inter, Inter), system-ui, sans-serif; padding: 3px 6px; border: 1px solid var(--line); border-radius: 5px; background: var(--face); white-space: nowrap; }
`;
const RULES = `${CAPS}
.menu { position: absolute; z-index: 20; min-width: 184px; max-width: calc(100% - 16px); padding: 4px; border-radius: 10px; background: var(--bg); border: 1px solid var(--line); box-shadow: 0 8px 28px rgb(0 0 0 / .35); display: flex; flex-direction: column; }
.menu .button { justify-content: flex-start; background: transparent; width: 100%; padding: 0 8px; border-radius: 6px; font-weight: 400; }
.menu .button:hover:not(:disabled), .menu .button:focus-visible { background: var(--face); }
.menu hr { border: 0; border-top: 1px solid var(--line); margin: 4px 0; width: 100%; }
`;

/** @param {Panel} panel @param {string} label @param {import("./controls.mjs").Item[]} [items] */
export function list(panel, label, items = drawerItems(panel)) {
	if (panel.root) style(panel.root, RULES);
	const close = () => panel.keep("menu", null);
	const entries = items.map((item) => {
		if (item === null) return h("hr", { role: "separator" });
		if (!item) return null;
		return h(
			"button",
			{
				type: "button",
				role: "menuitem",
				class: `button ${item.bad ? "bad" : ""}`,
				disabled: item.disabled ?? false,
				onclick: () => (close(), item.run()),
			},
			icon(item.icon),
			h("span", null, item.label),
			item.hint && h("kbd", { class: "push" }, item.hint),
		);
	});
	return h(
		"div",
		{
			class: "menu",
			role: "menu",
			popover: "auto",
			"aria-label": label,
			mounted: (/** @type {HTMLElement} */ element) => place(element, close),
			onkeydown: walk,
		},
		entries,
	);
}

/** Below its button, or above where there is no room. @param {HTMLElement} element @param {() => void} close */
function place(element, close) {
	element.showPopover();
	const anchor = /** @type {HTMLElement} */ (element.parentElement).getBoundingClientRect();
	const { width, height } = element.getBoundingClientRect();
	const below = anchor.bottom + 4 + height <= innerHeight;
	const panel = /** @type {ShadowRoot} */ (element.getRootNode()).host.getBoundingClientRect();
	Object.assign(element.style, {
		position: "fixed",
		inset: "auto",
		margin: "0",
		left: `${Math.max(8, panel.left + 8, Math.min(anchor.right - width, innerWidth - width - 8))}px`,
		top: `${below ? anchor.bottom + 4 : Math.max(8, anchor.top - height - 4)}px`,
	});
	const opener = /** @type {HTMLElement | null} */ (element.parentElement?.querySelector("button"));
	/** @type {HTMLElement | null} */ (element.querySelector("[role=menuitem]:not(:disabled)"))?.focus();
	const toggled = (/** @type {Event} */ event) => {
		if (/** @type {ToggleEvent} */ (event).newState === "closed") close();
	};
	element.addEventListener("toggle", toggled);
	return () => {
		element.removeEventListener("toggle", toggled);
		if (element.contains(/** @type {ShadowRoot} */ (element.getRootNode()).activeElement)) opener?.focus();
	};
}

/** @param {KeyboardEvent} event */
function walk(event) {
	const steps = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity });
	if (!(event.key in steps)) return;
	event.preventDefault();
	event.stopPropagation();
	const entries = /** @type {HTMLElement[]} */ ([
		.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("[role=menuitem]:not(:disabled)"),
	]);
	const at = entries.findIndex((entry) => entry.matches(":focus"));
	const next = Math.max(0, Math.min(entries.length - 1, at + steps[event.key]));
	entries[Number.isFinite(at + steps[event.key]) ? (at + steps[event.key] + entries.length) % entries.length : next]?.focus();
}
