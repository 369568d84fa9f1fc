/** The keys, in a list. */

import { dialog } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { CAPS } from "./menu.mjs";
import { style } from "./styles.mjs";

/** @type {[string[], import("./types").Key][]} */
const KEYS = [
	[["↑", "↓"], "key_walk"],
	[["Alt ↑", "Alt ↓"], "key_move"],
	[["Space"], "key_play"],
	[["Enter", "E"], "key_edit"],
	[["R"], "key_redo"],
	[["A"], "key_approve"],
	[["Del"], "key_remove"],
	[["Ctrl Z"], "key_undo"],
	[["Ctrl Shift Z"], "key_again"],
	[["Esc"], "key_close"],
	[["?"], "key_list"],
];

/** Keys as they are lettered where the panel's language is typed. @param {import("./panel.mjs").Panel} panel @param {string} keys */
function pressed(panel, keys) {
	const parts = keys.split(" ").map((key) => ({ name: key, label: key }));
	return panel
		.named("press", parts)
		.map(({ label }) => label)
		.join(" ");
}

/** @param {import("./panel.mjs").Panel} panel */
export function keyboard(panel) {
	if (panel.root) style(panel.root, CAPS);
	const row = (/** @type {string[]} */ keys, /** @type {import("./types").Key} */ words) =>
		h(
			"div",
			{ class: "row between" },
			h("dt", null, panel.t(words)),
			h(
				"dd",
				{ class: "row tight" },
				keys.map((key) => h("kbd", null, pressed(panel, key))),
			),
		);
	return dialog(
		panel,
		panel.t("keyboard"),
		h(
			"dl",
			{ class: "stack" },
			KEYS.map(([keys, words]) => row(keys, words)),
		),
	);
}
