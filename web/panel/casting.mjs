/** Who plays: the dialogs that make a character, and cast characters in a film. */

import { button, field } from "./controls.mjs";
import { dialog } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { inLine } from "./edits.mjs";
import { newest, take } from "./films.mjs";
import { icon } from "./icons.mjs";
import { change } from "./form.mjs";
import { style } from "./styles.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Character} Character @typedef {import("./types").Film} Film */

const RULES = `
.player { display: flex; align-items: center; gap: 10px; padding: 6px 0; cursor: pointer; } .player .face { flex: none; width: 36px; height: 36px; border-radius: 50%; overflow: hidden; background: var(--face); display: grid; place-items: center; color: var(--dim); }
.player img { width: 100%; height: 100%; object-fit: cover; } .player .who { flex: 1; min-width: 0; } .player .who > span { display: block; }
`;
const ROLES = /** @type {const} */ (["lead", "supporting", "extra", "narrator"]);

/**
 * Make a character, or change one.
 *
 * @param {Panel} panel
 * @param {Character | null} character
 * @param {(made: Character) => void} then
 */
export async function askCharacter(panel, character, then) {
	await panel.also("cast");
	const known = character ?? { name: "", description: "", role: "lead", voice: "", also: [] };
	const made = { ...known, also: known.also.join(", ") };
	const save = (/** @type {Event} */ event) => {
		event.preventDefault();
		const { name, description, role, voice } = made;
		const also = made.also.split(",").map((each) => each.trim());
		const body = { name, description, role, voice, also: also.filter(Boolean) };
		const send = () => (character ? panel.api.call("PATCH", `/characters/${character.id}`, { body }) : panel.api.post("/characters", body));
		void attempt(panel, "character", async () => {
			const answer = await send();
			panel.keep("dialog", null);
			then(answer);
		});
	};
	const typed = (/** @type {"name" | "description" | "voice" | "also"} */ key) => (/** @type {Event} */ event) =>
		void (made[key] = /** @type {HTMLInputElement} */ (event.target).value);
	const filled = (/** @type {string} */ value) => (/** @type {HTMLInputElement} */ element) => void (element.value = value);
	panel.keep("dialog", (/** @type {Panel} */ shown) => {
		const { t } = shown;
		const text = (/** @type {"name" | "voice" | "also"} */ key, placeholder = "") =>
			field(
				`character-${key}`,
				t(`cast_${key}`),
				h("input", {
					id: `character-${key}`,
					class: "input",
					placeholder,
					autofocus: key === "name",
					mounted: filled(made[key]),
					oninput: typed(key),
				}),
			);
		const roles = ROLES.map((role) => h("option", { key: role, value: role }, t(`cast_role_${role}`)));
		return dialog(
			shown,
			character ? character.name : t("cast_new"),
			h(
				"form",
				{ class: "stack", onsubmit: save },
				text("name"),
				field(
					"character-description",
					t("cast_description"),
					h("textarea", {
						id: "character-description",
						class: "area",
						rows: 3,
						maxlength: 1000,
						placeholder: t("cast_description_hint"),
						mounted: filled(made.description),
						oninput: typed("description"),
					}),
				),
				field(
					"character-role",
					t("cast_role"),
					h(
						"select",
						{
							id: "character-role",
							class: "select",
							value: made.role,
							onchange: (/** @type {Event} */ event) =>
								void (made.role = /** @type {typeof ROLES[number]} */ (/** @type {HTMLSelectElement} */ (event.target).value)),
						},
						roles,
					),
				),
				text("voice", t("cast_voice_film")),
				text("also", t("cast_also_hint")),
				h(
					"div",
					{ class: "actions" },
					h("button", { type: "submit", class: "button primary", disabled: Boolean(shown.state.busy.character) }, shown.t("save")),
				),
			),
		);
	});
}

/** Choose who plays in a film that is written. @param {Panel} panel @param {Film} film */
export async function askCast(panel, film) {
	await prepare(panel);
	const chosen = new Set(film.cast.map(({ id }) => id).filter(Boolean));
	const counts = new Map(film.cast.map(({ id }) => [id, film.scenes.filter((scene) => scene.cast.includes(id)).length]));
	const set = () =>
		void attempt(panel, `cast ${film.id}`, () =>
			inLine(panel, film.id, async () => {
				const { revision } = newest(panel, film.id);
				take(panel, await panel.api.call("PUT", `/films/${film.id}/cast`, { body: { characters: [...chosen], revision } }));
				panel.keep("dialog", null);
			}),
		);
	const told = (/** @type {Panel} */ shown, /** @type {Character} */ character) => {
		const count = counts.get(character.id);
		if (count === undefined) return "";
		const { t } = shown;
		return count ? t("cast_named_in", { n: count }) : t("cast_nobody_names");
	};
	choose(panel, {
		words: "cast_words",
		chosen,
		told,
		actions: (shown) => button(shown.t("cast_set_cast"), set, { kind: "primary", busy: shown.state.busy[`cast ${film.id}`] }),
	});
}

/** Choose who is to play in a film that is not written yet. @param {Panel} panel */
export async function askNames(panel) {
	await prepare(panel);
	const names = panel.state.form.cast.split(",").map((name) => name.trim());
	const chosen = new Set(all(panel).flatMap((each) => (names.includes(each.name) ? [each.id] : [])));
	const use = (/** @type {string} */ cast) => {
		panel.keep("dialog", null);
		change(panel, { cast });
	};
	const named = () => all(panel).flatMap((each) => (chosen.has(each.id) ? [each.name] : []));
	choose(panel, {
		words: "cast_new_words",
		chosen,
		told: () => "",
		actions: (shown) => [
			button(shown.t("cast_everybody"), () => use("*"), { kind: "quiet" }),
			button(shown.t("cast_set_cast"), () => use(named().join(", ")), { kind: "primary" }),
		],
	});
}

/** @param {Panel} panel */
async function prepare(panel) {
	await Promise.all([panel.also("cast"), panel.sync.page("/characters", { anew: true })]);
	if (panel.root) style(panel.root, RULES);
}

/** @param {Panel} panel @returns {Character[]} */
function all(panel) {
	return panel.state.pages["/characters"]?.characters ?? [];
}

/**
 * @param {Panel} panel
 * @param {{words: import("./types").Key, chosen: Set<string>, told: (panel: Panel, character: Character) => string, actions: (panel: Panel) => import("./types").Child}} what
 */
function choose(panel, { words, chosen, told, actions }) {
	const turn = (/** @type {string} */ id, /** @type {boolean} */ on) => {
		if (on) chosen.add(id);
		else chosen.delete(id);
		panel.set({});
	};
	const player = (/** @type {Panel} */ shown, /** @type {Character} */ character) =>
		h(
			"label",
			{ class: "player", key: character.id },
			h("input", {
				type: "checkbox",
				checked: chosen.has(character.id),
				onchange: (/** @type {Event} */ event) => turn(character.id, /** @type {HTMLInputElement} */ (event.target).checked),
			}),
			h(
				"span",
				{ class: "face" },
				character.pictures[0] ? h("img", { src: shown.api.url(character.pictures[0].thumbnail), alt: "" }) : icon("person"),
			),
			h(
				"span",
				{ class: "who" },
				h("span", { class: "clip" }, character.name),
				h("span", { class: "small dim clip" }, told(shown, character) || character.description),
			),
		);
	const draw = (/** @type {Panel} */ shown) => {
		const { t } = shown;
		const again = () => panel.keep("dialog", draw);
		const make = () =>
			void askCharacter(panel, null, async (made) => {
				chosen.add(made.id);
				await panel.sync.page("/characters", { anew: true });
				again();
			});
		return dialog(shown, t("cast_of"), [
			h("p", { class: "small dim" }, t(words)),
			h(
				"div",
				null,
				all(shown).map((character) => player(shown, character)),
			),
			button(t("cast_make_one"), make, { icon: "plus", kind: "quiet" }),
			h("div", { class: "actions" }, all(shown).length ? actions(shown) : null),
		]);
	};
	panel.keep("dialog", draw);
}
