/** What stays the same from scene to scene: places, wardrobe, props and light; scenes that begin where others end, and what another first frame would buy. */

import { edit } from "./edits.mjs";
import { button, iconButton } from "./controls.mjs";
import { dialog } from "./dialog.mjs";
import { weigh, weighed } from "./foreseen.mjs";
import { h } from "./dom.mjs";
import { style } from "./styles.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Scene} Scene @typedef {import("./types").Constant} Constant @typedef {import("./types").FrameOffer} FrameOffer */

const RULES = `
.entry { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto; gap: 6px; align-items: center; padding: 8px 0; border-bottom: 1px solid var(--line); } .entry > .area, .entry > .whose { grid-column: 1 / -1; }
.check { display: flex; align-items: baseline; gap: 8px; padding: 4px 0; } .check > span { min-width: 0; } .check .small { display: block; }
.frames { padding: 10px; border-radius: 10px; border: 1px solid var(--line); margin-bottom: 8px; display: flex; flex-direction: column; gap: 8px; }
.frames .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; align-items: start; } .frames figure { margin: 0; } .frames img { width: 100%; display: block; border-radius: 6px; background: var(--face); }
`;
const KINDS = /** @type {const} */ (["place", "wardrobe", "prop", "light"]);
/** The film and version whose offers were asked for last, with the takes that they hang on. @type {WeakMap<Panel, string>} */
const asked = new WeakMap();

/** @param {Panel} panel */
async function prepare(panel) {
	await panel.also("continuity");
	if (panel.root) style(panel.root, RULES);
}

/** Edit the continuity bible; the places of scenes that it does not have yet stand ready. @param {Panel} panel @param {Film} film */
export async function askBible(panel, film) {
	await prepare(panel);
	const named = new Set(film.bible.map(({ name }) => name.toLowerCase()));
	const places = new Map(film.scenes.map(({ place }) => [place.split(",")[0].trim().toLowerCase(), place.split(",")[0].trim()]));
	const open = [...places].filter(([key, name]) => name && !named.has(key));
	const entries = [
		...film.bible.map((entry) => ({ ...entry })),
		...open.map(([, name]) => ({ kind: /** @type {Constant["kind"]} */ ("place"), name, description: "", wearer: "" })),
	];
	const again = () => panel.set({});
	const add = () => {
		entries.push({ kind: "prop", name: "", description: "", wearer: "" });
		again();
	};
	const current = () => panel.state.films[film.id] ?? film;
	const save = (/** @type {Event} */ event) => {
		event.preventDefault();
		const kept = entries
			.filter(({ name, description }) => name.trim() && description.trim())
			.map((entry) => ({ ...entry, wearer: entry.kind === "wardrobe" ? entry.wearer : "" }));
		sent = JSON.stringify(kept);
		if (sent === JSON.stringify(current().bible)) again();
		else void weigh(panel, current(), [{ op: "bible", entries: kept }]);
	};
	let sent = "";
	panel.state.ui.weighed = null;
	panel.keep("dialog", (/** @type {Panel} */ shown) => {
		// It was saved, at once or after what it costs was answered.
		if (sent === JSON.stringify(current().bible)) {
			queueMicrotask(() => panel.keep("dialog", null));
			return null;
		}
		return dialog(
			shown,
			shown.t("uses"),
			h(
				"form",
				{ class: "stack", onsubmit: save },
				h("p", { class: "small dim" }, shown.t("bible_words")),
				h(
					"div",
					null,
					entries.map((entry, index) =>
						row(shown, film, entry, index, () => {
							entries.splice(index, 1);
							again();
						}),
					),
				),
				button(shown.t("bible_add"), add, { icon: "plus", kind: "quiet" }),
				weighed(shown, current(), "bible"),
				h("div", { class: "actions" }, h("button", { type: "submit", class: "button primary" }, shown.t("save"))),
			),
		);
	});
}

/** One entry. @param {Panel} panel @param {Film} film @param {Constant} entry @param {number} index @param {() => void} remove */
function row(panel, film, entry, index, remove) {
	const { t } = panel;
	const typed = (/** @type {"name" | "description" | "wearer"} */ key) => ({
		value: entry[key],
		oninput: (/** @type {Event} */ event) => void (entry[key] = /** @type {HTMLInputElement} */ (event.target).value),
	});
	const kind = {
		class: "select",
		"aria-label": t("bible_kind"),
		value: entry.kind,
		onchange: (/** @type {Event} */ event) => {
			entry.kind = /** @type {Constant["kind"]} */ (/** @type {HTMLSelectElement} */ (event.target).value);
			panel.set({});
		},
	};
	return h(
		"div",
		{ class: "entry", key: index },
		h(
			"select",
			kind,
			KINDS.map((each) => h("option", { key: each, value: each }, t(`bible_${each}`))),
		),
		h("input", { class: "input", "aria-label": t("bible_name"), placeholder: t("bible_name"), maxlength: 120, ...typed("name") }),
		iconButton(t("bible_remove", { name: entry.name }), "trash", remove, { kind: "quiet little" }),
		entry.kind === "wardrobe"
			? h("input", {
					class: "input whose",
					"aria-label": t("bible_wearer"),
					placeholder: film.cast[0]?.name ?? t("bible_wearer"),
					maxlength: 120,
					...typed("wearer"),
				})
			: null,
		h("textarea", {
			class: "area",
			rows: 2,
			maxlength: 400,
			"aria-label": t("bible_description"),
			placeholder: t("bible_description"),
			...typed("description"),
		}),
	);
}

/** What one scene uses, and whether it begins where the one before it ends. @param {Panel} panel @param {Film} film @param {string} id */
export async function askScene(panel, film, id) {
	await prepare(panel);
	const known = () => panel.state.films[film.id]?.scenes.find((each) => each.id === id);
	// What was ticked stays so while the server is asked, one change after the other.
	let wish = { uses: known()?.uses ?? [], continues: known()?.continues ?? false };
	let sent = Promise.resolve();
	const set = (/** @type {Partial<typeof wish>} */ fields) => {
		wish = { ...wish, ...fields };
		panel.set({});
		sent = sent.then(async () => {
			if (await edit(panel, film.id, [{ op: "set", scene: id, fields }])) return;
			wish = { uses: known()?.uses ?? [], continues: known()?.continues ?? false };
			panel.set({});
		});
	};
	panel.keep("dialog", (/** @type {Panel} */ shown) => {
		const scene = known();
		return scene ? sceneDialog(shown, shown.state.films[film.id], { ...scene, ...wish }, set) : null;
	});
}

/** @param {Panel} panel @param {Film} film @param {Scene} scene @param {(fields: {uses?: string[], continues?: boolean}) => void} set */
function sceneDialog(panel, film, scene, set) {
	const { t } = panel;
	const called = (/** @type {string} */ name, /** @type {string} */ other) => name.trim().toLowerCase() === other.trim().toLowerCase();
	const check = (
		/** @type {string} */ label,
		/** @type {string} */ words,
		/** @type {boolean} */ on,
		/** @type {((on: boolean) => void) | null} */ turn,
	) =>
		h(
			"label",
			{ class: "check", key: label },
			h("input", {
				type: "checkbox",
				checked: on,
				disabled: !turn,
				onchange: (/** @type {Event} */ event) => turn?.(/** @type {HTMLInputElement} */ (event.target).checked),
			}),
			h("span", null, label, h("span", { class: "small dim" }, words)),
		);
	const entry = (/** @type {Constant} */ each) => {
		const placed = each.kind === "place" && (called(each.name, scene.place) || called(each.name, scene.place.split(",")[0]));
		const others = scene.uses.filter((name) => !called(name, each.name));
		const turn = (/** @type {boolean} */ on) => set({ uses: on ? [...others, each.name] : others });
		return check(each.name, each.description, placed || others.length < scene.uses.length, placed ? null : turn);
	};
	const first = scene.number === 1;
	return dialog(panel, t("uses_of", { number: scene.number }), [
		first
			? null
			: check(t("continues_here", { number: scene.number - 1 }), t("continues_words"), scene.continues, (on) => set({ continues: on })),
		film.bible.length ? h("div", null, film.bible.map(entry)) : null,
		button(t("bible_edit"), () => void askBible(panel, film), { kind: "quiet", icon: "pencil" }),
		h(
			"div",
			{ class: "actions" },
			button(t("done"), () => panel.keep("dialog", null), { kind: "primary" }),
		),
	]);
}

/** Scenes that begin where an earlier take ended, with what letting go of that frame buys. @param {Panel} panel @param {Film} film */
export function frameOffers(panel, film) {
	const path = `/films/${film.id}/frames`;
	const seen = `${path} ${film.revision} ${film.scenes.map(({ take }) => take).join()}`;
	if (asked.get(panel) !== seen) {
		asked.set(panel, seen);
		void prepare(panel).then(() => panel.sync.page(path, { anew: true }));
	}
	const offers = /** @type {FrameOffer[]} */ (panel.state.pages[path]?.offers ?? []);
	return offers.map((each) => offerCard(panel, film, each));
}

/** @param {Panel} panel @param {Film} film @param {FrameOffer} offer */
function offerCard(panel, film, offer) {
	const { t } = panel;
	const number = (/** @type {string} */ id) => (film.scenes.find((scene) => scene.id === id)?.number ?? 0) || id;
	const scenes = offer.scenes.map(({ scene }) => scene);
	const accept = () => void edit(panel, film.id, [{ op: "accept frames", scenes }]);
	const picture = (/** @type {string} */ url, /** @type {string} */ words) =>
		h("figure", null, h("img", { src: panel.api.url(url), alt: words, loading: "lazy" }), h("figcaption", { class: "small dim" }, words));
	const list = new Intl.ListFormat(panel.language).format(scenes.map((id) => String(number(id))));
	const price = offer.at_most === null ? t("price_unknown") : panel.money(offer.at_most);
	return h(
		"section",
		{ class: "frames", key: `frames ${offer.scene}`, "aria-label": t("frames_title", { number: number(offer.scene) }) },
		h("p", null, t("frames_told", { number: number(offer.scene), before: number(offer.before) })),
		h("div", { class: "pair" }, picture(offer.pinned, t("frames_pinned")), picture(offer.now, t("frames_now"))),
		h("p", { class: "small dim" }, t("frames_words", { n: scenes.length, scenes: list })),
		h("div", { class: "row wrap" }, button(t("frames_accept", { price }), accept, { kind: "outline num" })),
	);
}
