/** The panel: one object that the views read and call, and the shell around them. */

import { Api } from "./api.mjs";
import { typing } from "./controls.mjs";
import { clear, draw, h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { Language } from "./language.mjs";
import { firstState, remember } from "./store.mjs";
import { styleBase } from "./styles.mjs";
import { Sync } from "./sync.mjs";
import { followTheme } from "./theme.mjs";
import { Views } from "./views.mjs";
import { nearest } from "./words.mjs";
import * as format from "./format.mjs";

/** @typedef {import("./types").State} State @typedef {import("./types").View} View */

/** Long enough to read two lines; what is bad stays until it is closed. */
const NOTICE_MS = 8000;

const BREATH_MS = 1000;

export class Panel {
	/** @param {import("./types").Host} host */
	constructor(host) {
		this.host = host;
		this.api = new Api(host.api);
		this.state = firstState();
		this.tongue = new Language(this);
		this.views = new Views(this);
		this.sync = new Sync(this);
		/** @type {HTMLElement | null} */
		this.element = null;
		this.spoken = "";
	}

	#scheduled = false;
	/** When something was said last, as `performance.now()`. */
	#said = -BREATH_MS;
	/** @type {(() => void)[]} */
	#endings = [];

	/** @param {HTMLElement} container */
	async show(container) {
		this.hide();
		const element = document.createElement("div");
		// Typing here must not reach ComfyUI's shortcuts. Most listeners let text fields alone, but see only the element around the shadow; its change
		// tracker (src/scripts/changeTracker.ts) looks at `type`, and in newer frontends at `isContentEditable`.
		Object.defineProperties(element, { type: { value: "textarea" }, isContentEditable: { value: true } });
		element.className = "onereel-panel";
		container.style.height = "100%";
		container.append(element);
		this.element = element;
		styleBase(element.attachShadow({ mode: "open" }));
		for (const type of ["keydown", "keyup", "keypress", "paste", "copy", "cut", "wheel", "contextmenu"])
			element.addEventListener(type, (event) => event.stopPropagation());
		this.#endings = [followTheme(element), this.tongue.follow()];
		await this.tongue.learn();
		this.sync.start();
		this.go(this.state.view, this.state.film);
	}

	hide() {
		for (const end of this.#endings.splice(0)) end();
		if (this.root) clear(this.root);
		this.element?.remove();
		this.element = null;
	}

	get root() {
		return this.element?.shadowRoot ?? null;
	}

	/** @param {Partial<State>} patch */
	set(patch) {
		this.state = { ...this.state, ...patch };
		if (this.#scheduled) return;
		this.#scheduled = true;
		queueMicrotask(() => {
			this.#scheduled = false;
			this.paint();
		});
	}

	/** Remember what is open, selected or typed. @param {string} name @param {any} value */
	keep(name, value) {
		this.set({ ui: { ...this.state.ui, [name]: value } });
	}

	/** @param {string} name */
	ui(name) {
		return this.state.ui[name];
	}

	paint() {
		const { root } = this;
		if (!root) return;
		remember(this.state);
		draw(
			root,
			h(
				"div",
				{
					class: "panel",
					role: "region",
					"aria-label": "OneReel",
					lang: nearest(this.state.locale),
					onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
				},
				this.views.shown(),
				this.state.ui.dialog?.(this),
				this.state.ui.dialog ? null : this.notices(),
				h("div", { class: "sr", role: "status", "aria-live": "polite" }, this.spoken),
			),
		);
	}

	/** What was told and not put away; a dialog shows it itself, because it lies over everything. */
	notices() {
		if (!this.state.notices.length) return null;
		const row = (/** @type {import("./types").Notice} */ notice) =>
			h(
				"div",
				{ class: `notice ${notice.bad ? "wrong" : ""}`, key: notice.id, role: notice.bad ? "alert" : undefined },
				h("span", null, notice.words),
				notice.action &&
					h("button", { class: "button little", onclick: () => (this.dismiss(notice.id), notice.action?.run()) }, notice.action.label),
				h(
					"button",
					{ class: "button quiet little square", "aria-label": this.t("close"), onclick: () => this.dismiss(notice.id) },
					icon("close", "small"),
				),
			);
		return h("div", { class: "notices" }, this.state.notices.map(row));
	}

	/** @param {KeyboardEvent} event */
	#key(event) {
		if (typing(event) || this.state.ui.dialog) return;
		const undoes = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
		const { film } = this.state;
		if (undoes && film) {
			event.preventDefault();
			this.use(
				() => import("./edits.mjs"),
				({ step }) => step(this, film, event.shiftKey ? "redo" : "undo"),
			);
		} else if (event.key === "?") {
			event.preventDefault();
			void this.openKeyboard();
		}
	}

	openKeyboard() {
		return this.use(
			() => Promise.all([import("./keyboard.mjs"), this.also("drawer")]),
			([{ keyboard }]) => this.keep("dialog", keyboard),
		);
	}

	/**
	 * Load what is used only now; where that fails, it can be tried again.
	 *
	 * @template M
	 * @param {() => Promise<M>} load
	 * @param {(module: M) => void} work
	 */
	async use(load, work) {
		const loaded = await load().then(
			(module) => ({ module }),
			(error) => this.unloaded(error),
		);
		if (loaded) return work(loaded.module);
		const run = () => void this.use(load, work);
		this.notify(this.t("offline"), { bad: true, action: { label: this.t("try_again"), run } });
	}

	/** Other failures than a `TypeError` are the module's own. @param {unknown} error */
	unloaded(error) {
		if (!(error instanceof TypeError)) throw error;
		this.sync.again();
		return null;
	}

	/** Open a view. @param {View} view @param {string | null} [film] */
	go(view, film = this.state.film) {
		return this.views.open(view, film);
	}

	get t() {
		return this.tongue.t;
	}

	get language() {
		return this.tongue.code;
	}

	/** Learn words that are loaded with what says them. @param {string} folder */
	also(folder) {
		return this.tongue.also(folder);
	}

	/** Say to screen readers what changed; of two at once neither takes the other's place. @param {string} words */
	say(words) {
		const now = performance.now();
		this.spoken = now - this.#said < BREATH_MS ? `${this.spoken} ${words}` : words;
		this.#said = now;
		this.set({});
	}

	/** @param {string} words @param {{bad?: boolean, action?: import("./types").Notice["action"]}} [more] */
	notify(words, { bad = false, action } = {}) {
		const id = Math.max(0, ...this.state.notices.map((notice) => notice.id)) + 1;
		const others = this.state.notices.filter((notice) => notice.words !== words).slice(-1);
		this.set({ notices: [...others, { id, words, bad, action }] });
		if (!bad) {
			this.say(words);
			setTimeout(() => this.dismiss(id), NOTICE_MS);
		}
	}

	/** @param {number} id */
	dismiss(id) {
		this.set({ notices: this.state.notices.filter((notice) => notice.id !== id) });
	}

	/**
	 * Choices of the server in the panel's words, where it has some.
	 *
	 * @template {import("./types").Named} N
	 * @param {string} kind
	 * @param {N[]} choices
	 * @returns {N[]}
	 */
	named(kind, choices) {
		return choices.map((choice) => {
			const key = `${kind}_${choice.name.replace(/\W/g, "_")}`;
			const words = this.t(/** @type {any} */ (key));
			return words === key ? choice : { ...choice, label: words };
		});
	}

	/** @param {number | null | undefined} seconds */
	clock(seconds) {
		return format.clock(seconds);
	}
	/** @param {string | number} dollars */
	money(dollars) {
		return format.money(dollars, this.state.locale);
	}
}

/** @type {Panel | null} */
let panel = null;

/** @param {HTMLElement} container @param {import("./types").Host} host */
export function show(container, host) {
	panel ??= new Panel(host);
	return panel.show(container);
}

export function hide() {
	panel?.hide();
}
