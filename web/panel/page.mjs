/** One screen of the drawer: a head, and what one or more routes answered. */

import { keepsScroll } from "./controls.mjs";
import { h } from "./dom.mjs";
import { bones, deepTop } from "./more_controls.mjs";
import { trouble } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Child} Child */

export const PAGE = `
.page h2 { margin-bottom: 2px; } .page section { display: flex; flex-direction: column; gap: 8px; } .page section + section { margin-top: 8px; }
.pairs { display: flex; flex-direction: column; gap: 6px; } .pairs > div { display: flex; justify-content: space-between; gap: 12px; } .pairs dt { color: var(--dim); } .pairs dd { text-align: end; overflow-wrap: break-word; font-variant-numeric: tabular-nums; }
.command { display: flex; align-items: center; gap: 4px; padding: 6px 6px 6px 10px; border-radius: 8px; background: var(--face); } .command code { flex: 1; min-width: 0; font: 12px/1.4 var(--font-mono, ui-monospace), monospace; overflow-wrap: anywhere; } .command .option { white-space: nowrap; }
.item { display: flex; flex-direction: column; gap: 4px; padding: 10px 12px; border-radius: 10px; background: color-mix(in srgb, var(--face) 55%, var(--bg)); overflow-wrap: anywhere; }
.meter { height: 6px; border-radius: 3px; background: var(--face); overflow: hidden; } .meter > i { display: block; height: 100%; background: var(--accent); border-radius: 3px; } .meter.full > i { background: var(--bad); }
`;

/**
 * @param {Panel} panel
 * @param {string} title
 * @param {string[]} paths What must be there.
 * @param {(...answers: any[]) => Child} body
 * @param {...number} shape Heights of the skeleton's parts.
 */
export function page(panel, title, paths, body, ...shape) {
	const { pages, problems, from, film } = panel.state;
	const failed = paths.find((path) => problems[path] && !(path in pages));
	const ready = paths.every((path) => path in pages);
	const back = () => void panel.go(from, film);
	const again = () => paths.forEach((path) => void panel.sync.page(path, { anew: true }));
	return [
		deepTop(panel, title, back),
		h(
			"div",
			{ class: "scroll page", tabindex: -1, ...keepsScroll(panel, title), "aria-busy": ready || failed ? undefined : "true" },
			failed ? trouble(panel, problems[failed], { retry: again }) : ready ? body(...paths.map((path) => pages[path])) : bones(...shape),
		),
	];
}

/**
 * A command for the owner, with a button that copies it.
 *
 * @param {Panel} panel
 * @param {string} words
 */
export function command(panel, words) {
	const copy = () => void navigator.clipboard?.writeText(words).then(() => panel.notify(panel.t("copied")));
	return h(
		"div",
		{ class: "command" },
		// An option and its value stay on one line.
		h(
			"code",
			null,
			words.split(/(?= --)/).map((part, index) => (index ? [" ", h("span", { class: "option" }, part.trim())] : part)),
		),
		navigator.clipboard ? h("button", { type: "button", class: "button quiet little", onclick: copy }, panel.t("copy")) : null,
	);
}
