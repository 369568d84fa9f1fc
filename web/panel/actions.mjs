/** What can be done to a film. Edits of one film are sent one after the other, each over the revision that the last one made. */

import { Trouble } from "./api.mjs";
import { ask } from "./dialog.mjs";
import { h } from "./dom.mjs";
import { plainly } from "./said.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Change} Change @typedef {import("./types").Scene} Scene */

/** @type {Map<string, Promise<unknown>>} */
const lines = new Map();

/**
 * @template T
 * @param {string} film
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function inLine(film, work) {
	const before = lines.get(film) ?? Promise.resolve();
	const now = before.then(work, work);
	lines.set(
		film,
		now.catch(() => undefined),
	);
	return now;
}

/** @param {Panel} panel @param {string} id */
function current(panel, id) {
	return /** @type {Film} */ (panel.state.films[id]);
}

/**
 * Change the film; what was changed elsewhere meanwhile is fetched, and the change offered again over it.
 *
 * @param {Panel} panel
 * @param {string} film
 * @param {Change[]} changes
 * @returns {Promise<boolean>} Whether it was changed.
 */
export async function edit(panel, film, changes) {
	try {
		await inLine(film, async () =>
			panel.sync.take(await panel.api.post(`/films/${film}/edits`, { revision: current(panel, film).revision, changes })),
		);
		return true;
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		if (error.problem.status === 409) {
			await panel.sync.film(film, { anew: true });
			panel.notify(panel.t("changed_elsewhere"), {
				bad: true,
				action: { label: panel.t("change_anyway"), run: () => void edit(panel, film, changes) },
			});
		} else {
			const { sentence, troubleButton } = await import("./trouble.mjs");
			panel.notify(sentence(panel, error.problem), {
				bad: true,
				action: troubleButton(panel, error.problem, () => void edit(panel, film, changes)) ?? undefined,
			});
		}
		return false;
	}
}

/** @param {Panel} panel @param {string} film @param {"undo" | "redo"} way */
export async function step(panel, film, way) {
	await panel.attempt(way, () =>
		inLine(film, async () => {
			// Only now: an edit that is still under way can be undone too.
			const shown = current(panel, film);
			const what = stepWords(panel, shown, way);
			if (!what) return;
			panel.sync.take(await panel.api.post(`/films/${film}/${way}`, { revision: shown.revision }));
			panel.say(panel.t(way === "undo" ? "undone" : "done_again", { what }));
		}),
	);
}

/** What a step through the film's history would do; empty where there is none. @param {Panel} panel @param {Film} film @param {"undo" | "redo"} way */
export function stepWords(panel, film, way) {
	return plainly(panel, film[way] ?? "", film[`${way}_said`]);
}

/**
 * Queue a run of the film. It names no client: the client of a prompt that fails is shown ComfyUI's own dialog, over the panel's sentence.
 *
 * @param {Panel} panel
 * @param {string} film
 * @param {"rehearse" | "shoot" | "cut"} action
 * @param {"every" | "approved" | string[]} scenes
 */
export function run(panel, film, action, scenes) {
	const ceiling = action === "shoot" ? { ceiling: current(panel, film).shoot.at_most } : {};
	const body = { action, scenes, ...ceiling, priority: "normal" };
	return panel.attempt(`run ${film}`, () => inLine(film, async () => panel.sync.take(await panel.api.post(`/films/${film}/run`, body))));
}

/** @param {Panel} panel @param {string} film */
export function cancel(panel, film) {
	return panel.attempt(`cancel ${film}`, async () => panel.sync.take(await panel.api.post(`/films/${film}/cancel`)));
}

/** @param {Panel} panel @param {string} film */
export function resume(panel, film) {
	return panel.attempt(`run ${film}`, async () => panel.sync.take(await panel.api.post(`/films/${film}/resume`)));
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
	const body = () => ({ note, revision: current(panel, film.id).revision, action, ...ceiling });
	return panel.attempt(`redo ${scene.id}`, () =>
		inLine(film.id, async () => panel.sync.take(await panel.api.post(`/films/${film.id}/scenes/${scene.id}/redo`, body()))),
	);
}

/** @param {Panel} panel @param {string} film @param {string} scene @param {boolean} approved */
export function approve(panel, film, scene, approved) {
	return edit(panel, film, [{ op: "approve", scenes: [scene], approved }]);
}

/** @param {Panel} panel @param {string} film @param {string} scene @param {File} file @param {() => void} another Asks for another file. */
export function bring(panel, film, scene, file, another) {
	const work = async () => {
		panel.sync.take(await panel.api.call("POST", `/films/${film}/scenes/${scene}/clip`, { file }));
		panel.say(panel.t("brought", { name: file.name }));
	};
	return panel.attempt(`redo ${scene}`, work, another);
}

/** @param {Panel} panel @param {string} film */
export async function duplicate(panel, film) {
	const copy = await panel.attempt(`duplicate ${film}`, () => panel.api.post(`/films/${film}/duplicate`));
	if (!copy) return;
	panel.sync.take(copy);
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
	const copy = await panel.attempt(`duplicate ${film}`, () => panel.api.post(`/films/${film}/duplicate`, { brief: { language } }));
	if (!copy) return;
	panel.sync.take(copy);
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
	const spoken = await panel.attempt(`revoice ${film}`, async () => {
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
	panel.sync.take(spoken);
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
		const gone = await panel.attempt(`delete ${id}`, async () => {
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
	return panel.attempt(`graph ${film}`, async () => {
		const graph = await panel.api.get(`/films/${film}/graph`);
		await panel.host.app.loadApiJson(graph.prompt, graph.name);
		panel.say(panel.t("graph_opened"));
	});
}

/** Let the browser save something of a film. @param {Panel} panel @param {string} film @param {string} kind */
export function save(panel, film, kind) {
	Object.assign(document.createElement("a"), { href: panel.api.exportUrl(film, kind), download: "" }).click();
}
