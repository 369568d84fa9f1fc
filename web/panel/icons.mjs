/** Line icons of one weight, 24 units wide, drawn in the colour of the text around them. */

import { h } from "./dom.mjs";

const PATHS = {
	ab: "M4 5h7v14H4zM13 5h7v14h-7z",
	alert: "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.3",
	approved: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.3l2.8 2.7L16 9.3",
	back: "m14.5 5.5-6.5 6.5 6.5 6.5",
	chat: "M4 5h16v11H10l-4.5 4v-4H4z",
	check: "m5 12.5 4.5 4.5L19 7",
	close: "m6 6 12 12M18 6 6 18",
	coins:
		"M9 4.5c3.3 0 6 1.3 6 3s-2.7 3-6 3-6-1.3-6-3 2.7-3 6-3M3 7.5V12c0 1.7 2.7 3 6 3M15 9c3.3 0 6 1.3 6 3s-2.7 3-6 3-6-1.3-6-3 2.7-3 6-3M9 12v4.5c0 1.7 2.7 3 6 3s6-1.3 6-3V12",
	copy: "M9 9h11v11H9zM5 15H4V4h11v1",
	down: "m6 9.5 6 6 6-6",
	download: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15",
	draft: "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10",
	failed: "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM12 7.5v5.5M12 16v.3",
	film: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.7h4M4 14.3h4M16 9.7h4M16 14.3h4",
	gear: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2",
	graph: "M3.5 4.5h6v5h-6zM14.5 14.5h6v5h-6zM6.5 9.5V17h8",
	grip: "M9 5v.2M15 5v.2M9 12v.2M15 12v.2M9 19v.2M15 19v.2",
	health: "M3 12h4l2.5-6 4.5 12 2.5-6H21",
	key: "M7.5 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M11.5 12H21M17 12v3.5M20.500 12V15",
	keyboard: "M3 6.5h18v11H3zM7 10v.2M11 10v.2M15 10v.2M18 10v.2M8 14h8",
	library: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
	lost: "M4 4l16 16M8.5 8A6 6 0 0 0 7 19h10c.6 0 1.2-.1 1.7-.4M11 6.1A6 6 0 0 1 17.7 11 4 4 0 0 1 20.6 17",
	merge: "M6 4v4c0 3 6 3 6 6.5V20M18 4v4c0 3-6 3-6 6.5M9.5 17.5 12 20l2.5-2.5",
	mic: "M12 3.5a3 3 0 0 1 3 3V12a3 3 0 0 1-6 0V6.500a3 3 0 0 1 3-3M5.5 11.500a6.5 6.5 0 0 0 13 0M12 18v3",
	more: "M5.5 12v.2M12 12v.2M18.5 12v.2",
	pause: "M8.5 5v14M15.5 5v14",
	pencil: "M4 20l1-4.500L16.5 4 20 7.5 8.5 19z",
	person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.500 20.500c.6-4 3.5-6 7.5-6s6.9 2 7.500 6",
	planned:
		"M9.5 3.400a9 9 0 0 1 5 0M18.4 5.700a9 9 0 0 1 2.5 4.300M20.9 14a9 9 0 0 1-2.5 4.300M14.5 20.600a9 9 0 0 1-5 0M5.6 18.300A9 9 0 0 1 3.1 14M3.1 10a9 9 0 0 1 2.5-4.3",
	play: "M7.5 4.500v15l12-7.500z",
	plus: "M12 5v14M5 12h14",
	ready: "M4 9.500h16V20H4zM4 9.5 5 5l15.5-1.5.5 3L4 9.500M9 4.700l2 3.800M14.5 4.200l2 3.4",
	redo: "M19.5 12a7.5 7.5 0 1 1-2.2-5.300L19.5 9M19.5 4v5h-5",
	refused: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5.7 5.700l12.6 12.6",
	search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3 20 20",
	send: "M4.5 12h14M13 6l6 6-6 6",
	shooting: "M3 7h12v10H3zM15 11l6-3.500v9L15 13z",
	split: "M12 4v5.500c0 3.5-6 3.5-6 6.500v4M12 9.500c0 3.5 6 3.5 6 6.500v4",
	stop: "M6.5 6.500h11v11h-11z",
	trash: "M4.5 6.500h15M9.5 6.500V4h5v2.500M6.5 6.5 7.5 20h9l1-13.500M10 10.500v6M14 10.500v6",
	undo: "M8 5 4 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11H9",
	up: "m6 14.5 6-6 6 6",
	upload: "M12 15V4M7.5 8.5 12 4l4.5 4.500M4.5 19.500h15",
	voice: "M4 9.500v5h3.500L12 19V5L7.5 9.500zM15.5 9a4 4 0 0 1 0 6M18 6.500a7.5 7.5 0 0 1 0 11",
	waiting: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5.300l3.5 2",
};

/** @typedef {keyof typeof PATHS} IconName */

/**
 * An icon beside a word, which says what it means; alone it is hidden from screen readers, so its button needs a label.
 *
 * @param {IconName} name
 * @param {string} [more] Further classes.
 */
export function icon(name, more = "") {
	const attributes = { class: `icon ${more}`, viewBox: "0 0 24 24", "aria-hidden": "true", memo: [name] };
	return h("svg", attributes, h("path", { d: PATHS[name] }));
}
