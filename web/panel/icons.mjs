/** Line icons of one weight, 24 units wide, drawn in the colour of the text around them. */

import { h } from "./dom.mjs";

const PATHS = {
	alert: "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.3",
	back: "m14.5 5.5-6.5 6.5 6.5 6.5",
	check: "m5 12.5 4.5 4.5L19 7",
	close: "m6 6 12 12M18 6 6 18",
	coins:
		"M9 4.5c3.3 0 6 1.3 6 3s-2.7 3-6 3-6-1.3-6-3 2.7-3 6-3M3 7.5V12c0 1.7 2.7 3 6 3M15 9c3.3 0 6 1.3 6 3s-2.7 3-6 3-6-1.3-6-3 2.7-3 6-3M9 12v4.5c0 1.7 2.7 3 6 3s6-1.3 6-3V12",
	down: "m6 9.5 6 6 6-6",
	failed: "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM12 7.5v5.5M12 16v.3",
	film: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.7h4M4 14.3h4M16 9.7h4M16 14.3h4",
	more: "M5.5 12v.2M12 12v.2M18.5 12v.2",
	play: "M7.5 4.500v15l12-7.500z",
	stop: "M6.5 6.500h11v11h-11z",
	voice: "M4 9.500v5h3.500L12 19V5L7.5 9.500zM15.5 9a4 4 0 0 1 0 6M18 6.500a7.5 7.5 0 0 1 0 11",
};

/** @typedef {keyof typeof PATHS | import("./more_icons.mjs").IconName} IconName */

/**
 * Learn the icons that the first view does without.
 *
 * @param {Record<string, string>} paths
 */
export function learnIcons(paths) {
	Object.assign(PATHS, paths);
}

/**
 * An icon beside a word, which says what it means; alone it is hidden from screen readers, so its button needs a label.
 *
 * @param {IconName} name
 * @param {string} [more] Further classes.
 */
export function icon(name, more = "") {
	const attributes = { class: `icon ${more}`, viewBox: "0 0 24 24", "aria-hidden": "true", memo: [name] };
	return h("svg", attributes, h("path", { d: /** @type {Record<string, string>} */ (PATHS)[name] }));
}
