/** What the panel knows. It lives outside the tab, so that closing and opening it loses nothing, and what was typed and open survives a reload. */

/** @typedef {import("./types").State} State @typedef {import("./types").Form} Form */

const KEPT = "onereel.panel";

/** @returns {Form} */
export function emptyForm() {
	return {
		idea: "",
		template: "",
		platform: "",
		aspect: "",
		duration: 0,
		language: "",
		voice: "auto",
		look: "",
		cast: "",
		writer: "",
		director: "none",
		renderer: "",
		captions: "",
		resolution: "",
		scene_count: 0,
		creativity: 0.5,
		tone: "",
		music: "",
		music_label: "",
	};
}

/** @returns {State} */
export function firstState() {
	const kept = recall();
	return {
		view: kept.film ? (kept.view ?? "new") : kept.view === "library" ? "library" : "new",
		from: "new",
		film: kept.film ?? null,
		films: {},
		problems: {},
		progress: {},
		choices: null,
		voices: {},
		form: { ...emptyForm(), ...kept.form },
		price: null,
		library: { cards: null, next: null, search: "", state: "", sort: "changed", size: "medium" },
		pages: {},
		busy: {},
		ui: {},
		notices: [],
		locale: "en",
	};
}

/** @returns {{view?: State["view"], film?: string | null, form?: Partial<Form>}} */
function recall() {
	try {
		return JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
	} catch {
		return {}; // The browser keeps nothing for this page.
	}
}

/** @param {State} state */
export function remember({ view, film, form }) {
	try {
		sessionStorage.setItem(KEPT, JSON.stringify({ view, film, form }));
	} catch {
		// Then a reload begins anew.
	}
}
