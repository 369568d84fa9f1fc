/** Dialogs: over everything, closed by Escape and by their buttons. */

import { button, iconButton } from "./controls.mjs";
import { h } from "./dom.mjs";
import { style } from "./styles.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Child} Child */

const RULES = `
dialog .pair { grid-template-columns: 1fr 1fr; } dialog .notices { padding: 0; }
dialog { border: 1px solid var(--line); border-radius: 12px; padding: 16px; background: var(--bg); color: var(--ink); width: min(420px, calc(100vw - 32px)); box-shadow: 0 16px 60px rgb(0 0 0 / .5); font: inherit; }
dialog::backdrop { background: rgb(0 0 0 / .5); }
.actions { display: flex; justify-content: flex-end; gap: 8px; flex-wrap: wrap; }
dialog form, dialog .body { display: flex; flex-direction: column; gap: 12px; }
`;

/**
 * A dialog over everything. Escape and its buttons close it.
 *
 * @param {Panel} panel
 * @param {string} title
 * @param {Child} body
 * @param {{wide?: boolean, onkeydown?: (event: KeyboardEvent) => void}} [more]
 */
export function dialog(panel, title, body, { wide = false, onkeydown } = {}) {
	if (panel.root) style(panel.root, RULES);
	const close = () => panel.keep("dialog", null);
	const opened = (/** @type {HTMLDialogElement} */ element) => {
		element.showModal();
		return () => element.close();
	};
	const heading = h(
		"div",
		{ class: "row between" },
		// What opens it may promise a question; here it is.
		h("h2", { id: "dialog-title" }, title.replace(/\s*…$/, "")),
		iconButton(panel.t("close"), "close", close, { kind: "quiet little" }),
	);
	return h(
		"dialog",
		{
			key: `dialog ${title}`,
			class: wide ? "wide" : "",
			"aria-labelledby": "dialog-title",
			mounted: opened,
			// Escape closes it without asking anybody; when it is taken away it has been answered already.
			onclose: (/** @type {Event} */ event) => /** @type {HTMLElement} */ (event.target).isConnected && close(),
			onkeydown,
		},
		h("div", { class: "body" }, heading, panel.notices(), body),
	);
}

/**
 * Ask before something that cannot be undone.
 *
 * @param {Panel} panel
 * @param {{title: string, words: Child, yes: string, bad?: boolean, run: () => void}} question
 */
export function ask(panel, { title, words, yes, bad = false, run }) {
	const close = () => panel.keep("dialog", null);
	const answer = () => (close(), run());
	panel.keep("dialog", (/** @type {Panel} */ shown) =>
		dialog(shown, title, [
			h("div", { class: "stack" }, words),
			h("div", { class: "actions" }, button(shown.t("cancel"), close), button(yes, answer, { kind: bad ? "outline bad" : "primary" })),
		]),
	);
}
