/** Keys: set and cleared, never shown. */

import { button } from "./controls.mjs";
import { ask } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { PAGE, command, page } from "./page.mjs";
import { sentenceOf } from "./said.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

export const words = "drawer";
export const rules = `${PAGE}
.key-form { display: flex; gap: 6px; margin-top: 4px; } .key-form .input { flex: 1; background: var(--bg); border-color: var(--line); }
`;

/** @param {Panel} panel */
export function enter(panel) {
	void panel.sync.page("/settings", { anew: true });
}

/** @param {Panel} panel */
export function render(panel) {
	return page(
		panel,
		panel.t("keys"),
		["/settings"],
		({ keys }) => [
			h("p", { class: "dim" }, panel.t("keys_words")),
			panel.named("key", keys).map((/** @type {any} */ key) => item(panel, key)),
		],
		40,
		96,
		96,
		96,
	);
}

/** @param {Panel} panel @param {any} key */
function item(panel, key) {
	const { t } = panel;
	const state = h(
		"span",
		{ class: `chip ${key.set ? "is-approved" : "is-planned"}` },
		icon(key.set ? "approved" : "planned"),
		t(key.set ? "key_set" : "key_missing"),
	);
	return h(
		"div",
		{ class: "item", key: key.name },
		h("div", { class: "row between" }, h("strong", null, key.label), state),
		key.why ? h("p", { class: "small dim" }, sentenceOf(panel, key.why, key.why_said)) : null,
		key.settable ? form(panel, key) : command(panel, key.command),
	);
}

/** @param {Panel} panel @param {any} key */
function form(panel, key) {
	const { t } = panel;
	const path = `/settings/keys/${key.name}`;
	const refresh = () => {
		void panel.sync.page("/settings", { anew: true });
		void panel.sync.page("/choices", { anew: true });
	};
	const save = (/** @type {SubmitEvent} */ event) => {
		event.preventDefault();
		const input = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.currentTarget).elements.namedItem("key"));
		const { value } = input;
		if (!value.trim()) return;
		void attempt(panel, path, async () => {
			await panel.api.call("PUT", path, { body: { value } });
			input.value = "";
			panel.notify(t("key_saved"));
			refresh();
		});
	};
	const clear = () =>
		ask(panel, {
			title: t("key_clear_title"),
			words: t("key_clear_words", { name: key.label }),
			yes: t("key_clear"),
			bad: true,
			run: () =>
				void attempt(panel, path, async () => {
					await panel.api.call("DELETE", path);
					refresh();
				}),
		});
	return h(
		"form",
		{ class: "key-form", onsubmit: save },
		h("input", {
			class: "input",
			name: "key",
			type: "password",
			autocomplete: "off",
			spellcheck: "false",
			"aria-label": key.label,
			placeholder: t(key.set ? "key_replace" : "key_paste"),
		}),
		h("button", { type: "submit", class: "button" }, t("save")),
		key.set && !key.why ? button(t("key_clear"), clear, { kind: "quiet" }) : null,
	);
}
