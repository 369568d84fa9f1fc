/** What can be done to a film, but for edits. */

import { ask } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { inLine } from "./edits.mjs";
import { newest, take } from "./films.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Scene} Scene */

/**
 * Queue a run of the film. It names no client: the client of a prompt that fails is shown ComfyUI's own dialog, over the panel's sentence.
 *
 * @param {Panel} panel
 * @param {string} film
 * @param {"rehearse" | "shoot" | "cut"} action
 * @param {"every" | "approved" | string[]} scenes
 */
export function run(panel, film, action, scenes) {
	// As the button said it.
	const ceiling = action === "shoot" ? { ceiling: panel.state.films[film].shoot.at_most } : {};
	const body = { action, scenes, ...ceiling, priority: "normal" };
	return attempt(panel, `run ${film}`, () =>
		inLine(panel, film, async () => take(panel, await panel.api.post(`/films/${film}/run`, body))),
	);
}

/** @param {Panel} panel @param {string} film */
export function cancel(panel, film) {
	return attempt(panel, `cancel ${film}`, async () => take(panel, await panel.api.post(`/films/${film}/cancel`)));
}

/** @param {Panel} panel @param {string} film */
export function resume(panel, film) {
	const go = async () => take(panel, await panel.api.post(`/films/${film}/resume`));
	return attempt(panel, `run ${film}`, () => inLine(panel, film, go));
}

/**
 * One more take of a scene, with what should be different.
 *
 * @param {Panel} panel
 * @param {Film} film
 * @param {Scene} scene
 * @param {"rehearse" | "shoot"} action
 * @param {string} note
 */
export function redoScene(panel, film, scene, action, note) {
	const ceiling = action === "shoot" ? { ceiling: scene.price } : {};
	const body = () => ({ note, revision: newest(panel, film.id).revision, action, ...ceiling });
	return attempt(panel, `redo ${scene.id}`, () =>
		inLine(panel, film.id, async () => take(panel, await panel.api.post(`/films/${film.id}/scenes/${scene.id}/redo`, body()))),
	);
}

/** @param {Panel} panel @param {string} film @param {string} scene @param {File} file @param {() => void} another Asks for another file. */
export function bring(panel, film, scene, file, another) {
	const work = async () => {
		take(panel, await panel.api.call("POST", `/films/${film}/scenes/${scene}/clip`, { file }));
		panel.say(panel.t("brought", { name: file.name }));
	};
	return attempt(panel, `redo ${scene}`, () => inLine(panel, film, work), another);
}

/** @param {Panel} panel @param {string} film */
export async function duplicate(panel, film) {
	const copy = await attempt(panel, `duplicate ${film}`, () => panel.api.post(`/films/${film}/duplicate`));
	if (!copy) return;
	take(panel, copy);
	panel.notify(panel.t("duplicated", { title: copy.title }));
	await panel.go("scenes", copy.id);
}

/**
 * The same film, written anew in another language.
 *
 * @param {Panel} panel
 * @param {string} film
 * @param {string} language
 */
export async function translate(panel, film, language) {
	const copy = await attempt(panel, `duplicate ${film}`, () => panel.api.post(`/films/${film}/duplicate`, { brief: { language } }));
	if (!copy) return;
	take(panel, copy);
	await panel.go("scenes", copy.id);
	await run(panel, copy.id, "rehearse", "every");
}

/** Where the price of a film in another language is. @param {string} film @param {{language: string, service: string, model: string}} wish */
export function revoicePrice(film, wish) {
	return `/films/${film}/revoice?${new URLSearchParams(wish)}`;
}

/**
 * The film in another language over the takes that it has.
 *
 * @param {Panel} panel
 * @param {string} film
 * @param {{language: string, service: string, model: string}} wish
 * @param {string} key Of this wish: sent twice, it makes one film.
 */
export async function revoice(panel, film, wish, key) {
	const price = revoicePrice(film, wish);
	const spoken = await attempt(panel, `revoice ${film}`, async () => {
		// What it costs at most, as the button says it.
		const ceiling = /** @type {any} */ (panel.state.pages[price])?.at_most ?? undefined;
		try {
			return await panel.api.post(`/films/${film}/revoice`, { ...wish, ceiling }, { headers: { "Idempotency-Key": key } });
		} catch (error) {
			void panel.sync.page(price, { anew: true });
			throw error;
		}
	});
	if (!spoken) return;
	panel.keep("dialog", null);
	take(panel, spoken);
	await panel.go("scenes", spoken.id);
	await run(panel, spoken.id, "rehearse", "every");
}

/**
 * Ask, with what it cost, then delete.
 *
 * @param {Panel} panel
 * @param {{id: string, title: string, spent: string}} film
 */
export function remove(panel, { id, title, spent }) {
	const { t } = panel;
	const paid = Number(spent) > 0;
	let keep = true;
	const words = [
		h("p", null, t("delete_words", { title })),
		paid && h("p", null, t("delete_cost", { price: panel.money(spent) })),
		paid &&
			h(
				"label",
				{ class: "row" },
				h("input", {
					type: "checkbox",
					onchange: (/** @type {Event} */ event) => (keep = /** @type {HTMLInputElement} */ (event.target).checked),
					mounted: (/** @type {HTMLInputElement} */ box) => void (box.checked = true),
				}),
				t("keep_paid"),
			),
	];
	const answered = async () => {
		const gone = await attempt(panel, `delete ${id}`, async () => {
			await panel.api.call("DELETE", `/films/${id}?paid=${keep ? "keep" : "delete"}`);
			return true;
		});
		if (!gone) return;
		const { [id]: _, ...films } = panel.state.films;
		panel.set({ films });
		panel.notify(t("deleted", { title }));
		void panel.sync.library({ anew: true });
		if (panel.state.film === id) await panel.go("library");
	};
	ask(panel, { title: t("delete_title"), words, yes: t("delete"), bad: true, run: () => void answered() });
}

/** The workflow that ran, as a graph in ComfyUI. @param {Panel} panel @param {string} film */
export function openGraph(panel, film) {
	return attempt(panel, `graph ${film}`, async () => {
		const graph = await panel.api.get(`/films/${film}/graph`);
		await panel.host.app.loadApiJson(graph.prompt, graph.name);
		panel.say(panel.t("graph_opened"));
	});
}

/** Let the browser save something of a film. @param {Panel} panel @param {string} film @param {string} kind */
export function save(panel, film, kind) {
	Object.assign(document.createElement("a"), { href: panel.api.url(`films/${film}/export/${kind}`), download: "" }).click();
}
