/** Keeps what the panel shows true: fetches it, hears ComfyUI's socket, and fetches again what changed. No polling. */

import { Trouble } from "./api.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

const SETTLE_MS = 120;
/** Events come in bursts: one fetch answers all of them. */
const PAGE = 48;
const AGAIN_MS = 3000;
/** ComfyUI takes some seconds to start. */

const told = () => import("./heard.mjs");

export class Sync {
	/** @param {Panel} panel */
	constructor(panel) {
		this.panel = panel;
		this.listening = false;
		/** @type {Record<string, ReturnType<typeof setTimeout>>} */
		this.waiting = {};
		/** @type {AbortController | null} */
		this.searching = null;
	}

	/** Hear the socket; once for the life of the page. */
	start() {
		if (this.listening) return;
		this.listening = true;
		/** @type {Record<string, (data: any) => void>} */
		const heard = {
			"onereel.film": (data) => this.#changed(data.film),
			"onereel.progress": (data) => this.#progress(data),
			"onereel.take": (data) => this.#changed(data.film),
			"onereel.line": (data) => this.#changed(data.film),
			"onereel.cost": () => this.forget("/budget"),
			"onereel.done": (data) => this.#ended(data, "notify_done"),
			"onereel.stuck": (data) => this.#ended(data, "notify_stuck"),
			"onereel.films": () => this.#later("library", () => this.library({ anew: true })),
			"onereel.setup": (data) => void this.panel.use(told, ({ fetched }) => fetched(this.panel, data)),
			reconnected: () => this.refresh(),
		};
		const socket = /** @type {EventTarget} */ (this.panel.host.api);
		for (const [type, listener] of Object.entries(heard))
			socket.addEventListener(type, (event) => listener(/** @type {CustomEvent} */ (event).detail));
	}

	/** After the server was away: everything that is shown may be old. */
	refresh() {
		const { film, library } = this.panel.state;
		if (film) this.film(film);
		if (library.cards) this.library({ anew: true });
		this.panel.set({ pages: {} });
		this.panel.views.again();
	}

	/** Ask again, while somebody looks: ComfyUI's socket may never have noticed. */
	again() {
		clearTimeout(this.waiting.again);
		this.waiting.again = setTimeout(() => this.panel.root && this.refresh(), AGAIN_MS);
	}

	/** Show why something could not be fetched. @param {string} what @param {unknown} error */
	#missed(what, error) {
		if (!(error instanceof Trouble)) throw error;
		this.panel.set({ problems: { ...this.panel.state.problems, [what]: error.problem } });
		if (error.problem.status === 0) this.again();
	}

	/** @param {{film: string}} data @param {"notify_done" | "notify_stuck"} key */
	#ended(data, key) {
		this.#changed(data.film);
		void this.panel.use(
			() => Promise.all([told(), this.panel.also("views")]),
			([{ ended }]) => void ended(this.panel, data, key),
		);
	}

	/** @param {string} name @param {() => void} work */
	#later(name, work) {
		clearTimeout(this.waiting[name]);
		this.waiting[name] = setTimeout(work, SETTLE_MS);
	}

	/** @param {string} id */
	#changed(id) {
		if (this.panel.state.films[id] || this.panel.state.film === id) this.#later(`film ${id}`, () => this.film(id));
		if (this.panel.state.library.cards) this.#later("library", () => this.library({ anew: true }));
	}

	/** @param {import("./types").Progress} data */
	#progress(data) {
		this.panel.set({ progress: { ...this.panel.state.progress, [data.film]: { ...data, heard: performance.now() } } });
		// Each word about a shot is one of an order that was taken, or of a take; drafts come by the dozen.
		if (this.panel.state.films[data.film]?.job?.action === "shoot" && data.stage === "Shooting")
			this.#later(`film ${data.film}`, () => this.film(data.film));
	}

	/** Fetch a film. @param {string} id */
	async film(id) {
		await this.panel.use(
			() => import("./films.mjs"),
			async ({ take }) => {
				try {
					take(this.panel, await this.panel.api.get(`/films/${id}`));
				} catch (error) {
					this.#missed(id, error);
				}
			},
		);
	}

	/**
	 * The library's first page, or with `more` the next one.
	 *
	 * @param {{anew?: boolean, more?: boolean}} [options]
	 */
	async library({ anew = false, more = false } = {}) {
		const { library } = this.panel.state;
		if (library.cards && !anew && !more) return;
		this.searching?.abort();
		this.searching = new AbortController();
		const limit = more ? PAGE : Math.max(PAGE, Math.ceil((library.cards?.length ?? 0) / PAGE) * PAGE);
		const query = new URLSearchParams({ sort: library.sort, limit: String(Math.min(limit, 200)) });
		if (library.search) query.set("search", library.search);
		if (library.state) query.set("state", library.state);
		if (more && library.next) query.set("cursor", library.next);
		try {
			const page = await this.panel.api.get(`/films?${query}`, this.searching.signal);
			const now = this.panel.state.library;
			const cards = more ? [...(now.cards ?? []), ...page.films] : page.films;
			const { library: _, ...problems } = this.panel.state.problems;
			this.panel.set({ library: { ...now, cards, next: page.next }, problems });
		} catch (error) {
			if (error instanceof DOMException) return;
			this.#missed("library", error);
		}
	}

	/**
	 * One of the drawer's answers, or the form's choices.
	 *
	 * @param {string} path
	 * @param {{anew?: boolean}} [options]
	 */
	async page(path, { anew = false } = {}) {
		if (path in this.panel.state.pages && !anew) return;
		try {
			const answer = await this.panel.api.get(path);
			const { [path]: _, ...problems } = this.panel.state.problems;
			this.panel.set({ pages: { ...this.panel.state.pages, [path]: answer }, problems });
		} catch (error) {
			this.#missed(path, error);
		}
	}

	/** @param {string} path */
	forget(path) {
		const { [path]: _, ...pages } = this.panel.state.pages;
		this.panel.set({ pages });
		if (this.panel.state.view === "money") void this.page(path);
	}
}
