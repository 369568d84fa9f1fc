/** Characters: who plays in films, made once, with words and pictures. */

import { askCharacter } from "./casting.mjs";
import { button, iconButton } from "./controls.mjs";
import { ask } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { chooseFile } from "./more_controls.mjs";
import { PAGE, page } from "./page.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Character} Character */

export const words = "cast";
export const rules = `${PAGE}
.portraits { display: flex; gap: 6px; overflow-x: auto; padding: 2px; }
.portrait { position: relative; flex: none; width: 72px; height: 72px; border-radius: 8px; overflow: hidden; background: var(--face); }
.portrait img { width: 100%; height: 100%; object-fit: cover; }
.portrait .over { position: absolute; inset: auto 0 0 0; display: flex; justify-content: space-between; background: rgb(0 0 0 / .62); } .portrait .over .button { color: #fff; background: none; }
`;

const PATH = "/characters";

/** @param {Panel} panel */
export function enter(panel) {
	void panel.sync.page(PATH, { anew: true });
}

/** @param {Panel} panel */
export function render(panel) {
	return page(panel, panel.t("characters"), [PATH], ({ characters }) => body(panel, characters), 40, 140, 140);
}

/** @param {Panel} panel @param {Character[]} characters */
function body(panel, characters) {
	const { t } = panel;
	const make = () => askCharacter(panel, null, () => void panel.sync.page(PATH, { anew: true }));
	if (!characters.length)
		return h(
			"div",
			{ class: "empty", key: "nobody" },
			icon("person"),
			h("p", null, t("cast_empty")),
			h("p", { style: { color: "var(--ink)" } }, t("cast_example")),
			button(t("cast_new"), make, { kind: "primary" }),
		);
	return [
		h("p", { class: "dim" }, t("cast_about")),
		characters.map((character) => item(panel, character)),
		button(t("cast_new"), make, { icon: "plus", key: "new" }),
	];
}

/** @param {Panel} panel @param {Character} character */
function item(panel, character) {
	const { t } = panel;
	const refresh = () => void panel.sync.page(PATH, { anew: true });
	const edit = () => askCharacter(panel, character, refresh);
	const forget = () =>
		ask(panel, {
			title: t("cast_forget"),
			words: t("cast_forget_words", { name: character.name }),
			yes: t("cast_forget"),
			bad: true,
			run: () => void attempt(panel, `${PATH} ${character.id}`, () => panel.api.call("DELETE", `${PATH}/${character.id}`).then(refresh)),
		});
	return h(
		"div",
		{ class: "item", key: character.id },
		h(
			"div",
			{ class: "row between" },
			h(
				"span",
				{ class: "row tight clip" },
				h("strong", { class: "clip" }, character.name),
				h("span", { class: "small dim clip" }, t(`cast_role_${character.role}`)),
			),
			h(
				"span",
				{ class: "row tight" },
				iconButton(`${t("cast_edit")}: ${character.name}`, "pencil", edit, { kind: "quiet little" }),
				iconButton(`${t("cast_forget")}: ${character.name}`, "trash", forget, { kind: "quiet little" }),
			),
		),
		character.description ? h("p", { class: "small" }, character.description) : null,
		portraits(panel, character, refresh),
	);
}

/** @param {Panel} panel @param {Character} character @param {() => void} refresh */
function portraits(panel, character, refresh) {
	const { t } = panel;
	const path = `${PATH}/${character.id}`;
	const add = () =>
		chooseFile(
			"image/*",
			(file) => void attempt(panel, path, () => panel.api.call("POST", `${path}/pictures`, { file }).then(refresh), add),
		);
	const keep = (/** @type {string[]} */ pictures) =>
		void attempt(panel, path, () => panel.api.call("PATCH", path, { body: { pictures } }).then(refresh));
	const ids = character.pictures.map((picture) => picture.id);
	const portrait = (/** @type {Character["pictures"][number]} */ picture, /** @type {number} */ index) =>
		h(
			"div",
			{ class: "portrait", key: picture.id },
			h("img", {
				src: panel.api.url(picture.thumbnail),
				alt: t("cast_picture_of", { number: index + 1, name: character.name }),
				loading: "lazy",
			}),
			h(
				"span",
				{ class: "over" },
				index
					? iconButton(t("cast_best"), "back", () => keep([picture.id, ...ids.filter((id) => id !== picture.id)]), { kind: "quiet little" })
					: h("span", null),
				iconButton(t("cast_remove_picture"), "close", () => keep(ids.filter((id) => id !== picture.id)), { kind: "quiet little" }),
			),
		);
	return [
		ids.length
			? h("div", { class: "portraits", key: "portraits" }, character.pictures.map(portrait))
			: h("p", { class: "small dim" }, t("cast_no_pictures")),
		button(t("cast_add_picture"), add, { icon: "upload", kind: "little", busy: panel.state.busy[path] }),
	];
}
