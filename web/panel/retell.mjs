/** Write it again: another script of the same film, looked at with what it would cost before it takes the place of the one that is there. */

import { edit } from "./edits.mjs";
import { button, field, select } from "./controls.mjs";
import { dialog } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { style } from "./styles.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Choices} Choices */
/** @typedef {{screenplay: {title: string, scenes: {title: string, narration: string, description: string}[]}, changes: import("./types").Change[], preview: {again: string[], at_most: string | null}}} Told */

const RULES = `
.told-anew { max-height: min(300px, 40vh); overflow: auto; display: flex; flex-direction: column; gap: 6px; padding: 10px 12px 10px 34px; list-style: decimal; }
.told-anew li::marker { color: var(--dim); font-size: 12px; }
`;
const COSTLY = ["gemini", "best"];

/** @param {Panel} panel @param {Film} film */
export async function askAgain(panel, film) {
	await panel.sync.page("/choices");
	const wish = { template: String(film.brief.template ?? ""), tone: String(film.brief.tone ?? ""), another: 0 };
	/** @type {Told | null} */
	let told = null;
	/** @type {string | null | undefined} What the writer may cost; undefined: nothing. */
	let price;
	const show = () =>
		panel.keep("dialog", (/** @type {Panel} */ shown) => retelling(shown, film, wish, told, price, { write, use, change }));
	const change = (/** @type {Partial<typeof wish>} */ patch) => {
		Object.assign(wish, patch);
		told = null;
		show();
	};
	const write = async () => {
		wish.another += 1;
		told = (await attempt(panel, `retell ${film.id}`, () => panel.api.post(`/films/${film.id}/scripts`, wish))) ?? null;
		// Who closed it meanwhile has changed his mind.
		if (!told || !panel.ui("dialog")) return;
		show();
		setTimeout(() => /** @type {HTMLElement | null | undefined} */ (panel.root?.querySelector(".told-anew"))?.focus());
	};
	const use = async () => {
		if (!told) return;
		panel.keep("dialog", null);
		if (await edit(panel, film.id, told.changes)) await panel.go("scenes", film.id);
	};
	if (COSTLY.includes(film.options.writer)) {
		const brief = { ...film.brief, of_film: "" };
		const found = await attempt(panel, `price ${film.id}`, () => panel.api.post("/estimate", { brief, options: film.options }));
		price = found?.script ? found.script.at_most : found ? undefined : null;
	}
	show();
}

/**
 * @param {Panel} panel
 * @param {Film} film
 * @param {{template: string, tone: string}} wish
 * @param {Told | null} told
 * @param {string | null | undefined} price
 * @param {{write: () => Promise<void>, use: () => Promise<void>, change: (patch: any) => void}} deeds
 */
function retelling(panel, film, wish, told, price, deeds) {
	if (panel.root) style(panel.root, RULES);
	const { t } = panel;
	const choices = /** @type {Choices | undefined} */ (panel.state.pages["/choices"]);
	const busy = panel.state.busy[`retell ${film.id}`];
	const costs = (/** @type {string} */ what) => {
		if (price === undefined) return what;
		return price === null ? `${what} (${t("price_unknown")})` : t("spend", { what, price: panel.money(price) });
	};
	const tone = {
		id: "again-tone",
		class: "input",
		value: wish.tone,
		placeholder: t("tone_hint"),
		maxlength: 300,
		oninput: (/** @type {Event} */ event) => deeds.change({ tone: /** @type {HTMLInputElement} */ (event.target).value }),
	};
	const write = button(costs(t(told ? "write_another" : "write_again")).replace(/\s*…/, ""), () => void deeds.write(), {
		kind: told ? "" : "primary",
		busy,
	});
	return dialog(panel, t("write_again"), [
		h("p", { class: "dim" }, t("write_again_words")),
		h(
			"div",
			{ class: "pair" },
			select("again-template", t("template"), wish.template, panel.named("template", choices?.templates ?? []), (template) =>
				deeds.change({ template }),
			),
			field("again-tone", t("tone"), h("input", tone)),
		),
		told && script(panel, told),
		h("div", { class: "actions" }, write, told && button(t("use_script"), () => void deeds.use(), { kind: "primary", disabled: busy })),
	]);
}

/** The new script, and what was bought for the old one. @param {Panel} panel @param {Told} told */
function script(panel, { screenplay, preview }) {
	const { t } = panel;
	const price = preview.at_most === null ? t("price_unknown") : t("at_most", { price: panel.money(preview.at_most) });
	return [
		h(
			"ol",
			{ class: "card told-anew", key: "told", tabindex: 0, "aria-label": screenplay.title },
			screenplay.scenes.map((scene) => h("li", null, scene.narration || scene.title || scene.description)),
		),
		preview.again.length > 0 && h("p", { class: "trouble mild", role: "alert" }, t("again_script", { n: preview.again.length, price })),
	];
}
