/** Further controls that views share: what New film opens without. */

import { iconButton } from "./controls.mjs";
import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Child} Child */

/** Let somebody choose a file of these kinds. @param {string} accept @param {(file: File) => void} use */
export function chooseFile(accept, use) {
	const input = Object.assign(document.createElement("input"), { type: "file", accept });
	input.onchange = () => {
		const file = input.files?.[0];
		if (file) use(file);
	};
	input.click();
}

/**
 * A state as word, icon and colour.
 *
 * @param {Panel} panel
 * @param {import("./types").SceneState} state
 */
export function stateChip(panel, state) {
	return h("span", { class: `chip is-${state}` }, icon(state), panel.t(`state_${state}`));
}

/**
 * The head of a view that lies behind another.
 *
 * @param {Panel} panel
 * @param {string} title
 * @param {() => void} back
 * @param {...Child} more
 */
export function deepTop(panel, title, back, ...more) {
	return h("div", { class: "top deep", key: "deep" }, iconButton(panel.t("back"), "back", back), h("h1", { title }, title), ...more);
}

/** Lines of a text that is still on its way, as large as it will be. @param {...number} heights */
export function bones(...heights) {
	return heights.map((height) => h("div", { class: "bone", style: { height: `${height}px` } }));
}
