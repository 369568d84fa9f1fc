/** Where the server asks for its token: show it once; a cookie keeps it, so that films play too. */

import { dialog } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { attempt } from "./trying.mjs";

/** @param {import("./panel.mjs").Panel} panel */
export function askToken(panel) {
	const { t } = panel;
	let token = "";
	const send = async (/** @type {Event} */ event) => {
		event.preventDefault();
		const done = await attempt(panel, "token", async () => {
			await panel.api.post("/session", { token: token.trim() });
			return true;
		});
		if (!done) return;
		panel.keep("dialog", null);
		panel.set({ notices: [], problems: {} });
		panel.sync.refresh();
	};
	return dialog(
		panel,
		t("token_title"),
		h(
			"form",
			{ onsubmit: send },
			h("p", { class: "dim" }, t("token_words")),
			h("input", {
				class: "input",
				type: "password",
				autocomplete: "off",
				"aria-label": t("token"),
				autofocus: true,
				oninput: (/** @type {Event} */ event) => void (token = /** @type {HTMLInputElement} */ (event.target).value),
			}),
			h("div", { class: "actions" }, h("button", { type: "submit", class: "button primary" }, t("enter"))),
		),
	);
}
