/** The head of an open film: back, its title, its length, the way to the other view, and what can be done with it. */

import { duplicate, openGraph, remove, save } from "./actions.mjs";
import { edit, step, stepWords } from "./edits.mjs";
import { iconButton, menu } from "./controls.mjs";
import { dialog } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { drawerItems } from "./drawer.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Key} Key */

/** @param {Panel} panel @param {Film} film */
export function filmTop(panel, film) {
	const { t } = panel;
	const inScenes = panel.state.view === "scenes";
	const back = () => void panel.go(inScenes ? "library" : "scenes");
	const other = inScenes ? iconButton(film.reel ? t("watch_film") : t("film_view"), "play", () => void panel.go("film")) : null;
	const title = h(
		"h1",
		{ title: film.logline || film.title },
		h("button", { type: "button", class: "title clip", onclick: () => rename(panel, film), title: t("rename") }, film.title),
	);
	return h(
		"div",
		{ class: "top deep", key: "film top" },
		iconButton(t(inScenes ? "to_library" : "to_scenes"), "back", back),
		title,
		h("span", { class: "num dim small", "aria-label": t("length") }, panel.clock(film.duration)),
		other,
		filmMenu(panel, film),
	);
}

export const FILM_TOP = `
.title { border: 0; background: none; padding: 4px 6px; margin-inline-start: -4px; font: inherit; max-width: 100%; cursor: pointer; border-radius: 6px; display: block; text-align: start; }
.title:hover { background: var(--face); }
`;

/** @param {Panel} panel @param {Film} film */
function filmMenu(panel, film) {
	const { t } = panel;
	return menu(panel, "film", { label: t("more") }, [
		{
			label: film.undo ? t("undo_what", { what: stepWords(panel, film, "undo") }) : t("undo"),
			icon: "undo",
			disabled: !film.undo,
			run: () => void step(panel, film.id, "undo"),
		},
		{
			label: film.redo ? t("redo_what", { what: stepWords(panel, film, "redo") }) : t("redo_edit"),
			icon: "redo",
			disabled: !film.redo,
			run: () => void step(panel, film.id, "redo"),
		},
		null,
		{
			label: t("direct"),
			icon: "pencil",
			disabled: !film.scenes.length,
			run: () =>
				panel.use(
					() => import("./chat.mjs"),
					({ direct }) => direct(panel, film),
				),
		},
		{
			label: t("write_again"),
			icon: "redo",
			disabled: !film.scenes.length,
			run: () =>
				panel.use(
					() => import("./retell.mjs"),
					({ askAgain }) => askAgain(panel, film),
				),
		},
		{ label: t("rename"), icon: "pencil", run: () => rename(panel, film) },
		{
			label: t("film_options"),
			icon: "gear",
			run: () =>
				panel.use(
					() => import("./film_options.mjs"),
					({ askOptions }) => askOptions(panel, film.id),
				),
		},
		film.scenes.length > 0 && {
			label: t("cast"),
			icon: "person",
			run: () =>
				panel.use(
					() => import("./casting.mjs"),
					({ askCast }) => askCast(panel, film),
				),
		},
		film.scenes.length > 0 && {
			label: t("uses"),
			icon: "film",
			run: () =>
				panel.use(
					() => import("./continuity.mjs"),
					({ askBible }) => askBible(panel, film),
				),
		},
		film.scenes.length > 0 && { label: t("storyboard"), icon: "download", run: () => save(panel, film.id, "storyboard") },
		{ label: t("open_graph"), icon: "graph", run: () => void openGraph(panel, film.id) },
		{ label: t("duplicate"), icon: "copy", run: () => void duplicate(panel, film.id) },
		film.scenes.length > 0 && { label: t("keep_template"), icon: "film", run: () => keepTemplate(panel, film) },
		{ label: t("delete_film"), icon: "trash", bad: true, run: () => remove(panel, film) },
		null,
		...drawerItems(panel),
	]);
}

/** @param {Panel} panel @param {Film} film */
function rename(panel, film) {
	askName(panel, "rename", "title", film.title, (title) => {
		if (title !== film.title) void edit(panel, film.id, [{ op: "title", title }]);
	});
}

/** A kind of film of one's own: every menu has it from then on. @param {Panel} panel @param {Film} film */
function keepTemplate(panel, film) {
	askName(panel, "keep_template", "title", film.title.slice(0, 60), (label) => void keepAs(panel, film, label));
}

/** @param {Panel} panel @param {Film} film @param {string} label */
async function keepAs(panel, film, label) {
	const kept = await attempt(panel, `template ${film.id}`, () => panel.api.post(`/films/${film.id}/template`, { label }));
	if (!kept) return;
	panel.notify(panel.t("template_kept", { name: kept.label }));
	void panel.sync.page("/choices");
}

/** @param {Panel} panel @param {Key} heading @param {Key} what @param {string} said @param {(name: string) => void} then */
function askName(panel, heading, what, said, then) {
	let name = said;
	const save = (/** @type {Event} */ event) => {
		event.preventDefault();
		panel.keep("dialog", null);
		if (name.trim()) then(name.trim());
	};
	const focus = (/** @type {HTMLInputElement} */ input) => {
		input.value = name;
		input.select();
	};
	panel.keep("dialog", (/** @type {Panel} */ shown) =>
		dialog(
			shown,
			shown.t(heading),
			h(
				"form",
				{ onsubmit: save },
				h("input", {
					class: "input",
					"aria-label": shown.t(what),
					autofocus: true,
					mounted: focus,
					oninput: (/** @type {Event} */ event) => void (name = /** @type {HTMLInputElement} */ (event.target).value),
				}),
				h("div", { class: "actions" }, h("button", { class: "button primary", type: "submit" }, shown.t("save"))),
			),
		),
	);
}

/** A film that is on its way, or cannot be had. @param {Panel} panel @param {() => import("./types").Child} shape */
export function filmComing(panel, shape) {
	const back = iconButton(panel.t("to_library"), "back", () => void panel.go("library"));
	return [
		h("div", { class: "top deep", key: "film top" }, back, h("span", { class: "bone", style: { width: "150px", height: "18px" } })),
		h("div", { class: "scroll", tabindex: -1, key: "coming", "aria-busy": "true" }, shape()),
	];
}
