/** New film: an idea, what it should become, what that costs, and two buttons. */

import { button, field, iconButton, keepsScroll, select, tabs } from "./controls.mjs";
import { h } from "./dom.mjs";
import { begin, change } from "./form.mjs";
import { voiceName } from "./format.mjs";
import { priceCard, spendButton, whyNot } from "./price.mjs";
import { trouble } from "./trouble.mjs";
import { style } from "./styles.mjs";
import { languagesOf, unwritten } from "./tongue.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Form} Form @typedef {import("./types").Choices} Choices */

const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 300];
const GUIDE_MS = 1000;
const OWN = "own words";
/** Stands in the menu of looks for a look that has no name. */

const RULES = `
.idea { font-size: 15px; line-height: 1.45; min-height: 92px; padding: 10px 12px; }
.about { font-size: 15px; font-weight: 600; display: block; margin-bottom: 8px; }
.whole { grid-column: 1 / -1; }
.voice { display: flex; gap: 4px; } .voice .select { flex: 1; }
.price { display: flex; flex-direction: column; gap: 6px; min-height: 104px; } .price dl { display: flex; flex-direction: column; gap: 4px; }
.price .free dd { color: var(--good); font-weight: 500; }
.why { flex-wrap: wrap; } .why > span { flex: 1 1 200px; } .why .icon { display: inline-block; vertical-align: -2px; margin-inline-end: 6px; }
.two { display: flex; gap: 8px; flex-wrap: wrap; } .two .button { flex: 1 1 auto; }
details.morebox > summary { cursor: pointer; color: var(--dim); font-size: 12px; width: max-content; padding: 4px 0; border-radius: 4px; }
details.morebox[open] > summary { margin-bottom: 8px; }
`;

/** @param {Panel} panel */
export function enter(panel) {
	if (panel.root) style(panel.root, RULES);
	const chosen = panel.sync.page("/choices").then(() => begin(panel));
	void Promise.all([chosen, panel.sync.library()]).then(() => offerGuide(panel));
	// A library that is slow to open keeps nobody from writing.
	setTimeout(() => panel.ui("guided") || panel.keep("guided", true), GUIDE_MS);
}

/** Who has no film yet is shown the way; first the ways out, where nobody writes the language. @param {Panel} panel */
async function offerGuide(panel) {
	if (unwritten(panel) || (panel.state.library.cards?.length ?? 2) > 1) return panel.keep("guided", true);
	await panel.use(
		() => import("./guide.mjs"),
		({ guideCard }) => {
			// What is in use does not move; the view itself has the keyboard from the beginning.
			const used = panel.root?.activeElement?.matches(":not(.scroll)");
			if (panel.ui("guided") && (panel.state.form.idea || used)) return;
			panel.set({ ui: { ...panel.state.ui, guided: true, guideCard } });
		},
	);
}

/** @param {Panel} panel @param {"rehearse" | "shoot"} action */
async function make(panel, action) {
	await panel.use(
		() => import("./make_film.mjs"),
		(module) => void module.make(panel, action),
	);
}

/** @param {Panel} panel */
export function render(panel) {
	const { form, price, choices, busy } = panel.state;
	const problem = panel.state.problems["/choices"];
	const [shooter] = panel.named(
		"renderer",
		choices?.renderers.filter((renderer) => renderer.name === form.renderer && !renderer.free) ?? [],
	);
	// Where nobody writes the language, the ways out are what comes next.
	const astray = unwritten(panel) ? panel.ui("waysOut") : null;
	return [
		tabs(panel),
		h(
			"div",
			{ class: "scroll", tabindex: -1, id: "main", role: "tabpanel", "aria-labelledby": "tab-new", ...keepsScroll(panel, "new") },
			ideaField(panel),
			choices && panel.ui("guided")
				? [
						panel.ui("guideCard")?.(panel),
						unwritten(panel) && panel.ui("waysOut")?.(panel, choices),
						mainFields(panel, choices),
						moreBox(panel, choices),
					]
				: problem
					? trouble(panel, problem, { retry: () => enter(panel) })
					: skeleton(),
			// What is left of the caps means nothing to who has no key.
			astray ? null : priceCard(panel, price && (shooter?.reached ? price : { ...price, rooms: [] }), shooter?.label ?? ""),
			panel.ui("priceProblem") &&
				!unwritten(panel) &&
				trouble(panel, panel.ui("priceProblem"), { mild: true, way: panel.ui("itsLanguage")?.(panel) }),
		),
		h(
			"div",
			{ class: "foot", key: "foot" },
			shooter?.reached ? whyNot(panel, price, wayOut(panel, price)) : null,
			h(
				"div",
				{ class: "two" },
				button(rehearsal(panel, price), () => void make(panel, "rehearse"), {
					kind: astray ? "" : "primary",
					busy: busy.rehearse,
					disabled: !choices,
				}),
				shooter ? shootButton(panel, price, shooter.reached) : null,
			),
		),
	];
}

/** A paid writer or voice makes even a rehearsal cost something. @param {Panel} panel @param {import("./types").Price | null} price */
function rehearsal(panel, price) {
	const { t } = panel;
	const parts = [price?.script, price?.voice].flatMap((part) => (part ? [part.at_most] : []));
	if (!parts.length) return t("rehearse_free");
	const sum = parts.reduce((total, part) => total + Number(part), 0);
	return parts.every(Boolean) ? t("spend", { what: t("rehearse"), price: panel.money(sum) }) : t("rehearse");
}

/** Without a key nothing is for sale yet: rehearsing is what there is, and how to come to more. @param {Panel} panel @param {import("./types").Price | null} price @param {boolean} reached */
function shootButton(panel, price, reached) {
	if (!reached) return button(panel.t("shoot_key"), () => void panel.go("keys"), { kind: "outline" });
	return spendButton(panel, price, panel.t("shoot"), () => void make(panel, "shoot"), panel.state.busy.shoot);
}

/** What is not about money lies in the form itself. @param {Panel} panel @param {import("./types").Price | null} price */
function wayOut(panel, price) {
	if (price?.at_most !== null) return undefined;
	return { label: panel.t("more_options"), run: () => panel.keep("moreOpen", true) };
}

function skeleton() {
	return h(
		"div",
		{ class: "pair", "aria-busy": "true" },
		Array.from({ length: 6 }, (_, index) => h("div", { class: "bone", key: index, style: { height: "54px" } })),
	);
}

/** @param {Panel} panel */
function ideaField(panel) {
	const { t } = panel;
	const wrong = panel.ui("wrong")?.idea;
	const most = panel.state.choices?.longest_idea ?? 4000;
	// What is pasted is cut there by the browser, without a word.
	const full = panel.state.form.idea.length >= most;
	const attributes = {
		id: "idea",
		class: "area idea",
		value: panel.state.form.idea,
		placeholder: panel.ui("examples")?.[panel.state.form.language]?.idea_hint ?? t("idea_hint"),
		rows: 4,
		maxlength: most,
		"aria-invalid": wrong ? "true" : undefined,
		"aria-describedby": wrong ? "idea-wrong" : undefined,
	};
	const typed = (/** @type {Event} */ event) => change(panel, { idea: /** @type {HTMLTextAreaElement} */ (event.target).value });
	return h(
		"div",
		{ key: "idea" },
		h("label", { class: "about", for: "idea" }, t("about")),
		h("textarea", {
			...attributes,
			oninput: typed,
			onkeydown: (/** @type {KeyboardEvent} */ event) =>
				event.key === "Enter" && (event.ctrlKey || event.metaKey) && void make(panel, "rehearse"),
		}),
		full && h("p", { class: "small dim", key: "full", role: "status", style: { "margin-top": "4px" } }, t("idea_full", { n: most })),
		wrong && h("p", { class: "small", key: "wrong", id: "idea-wrong", style: { color: "var(--bad)", "margin-top": "4px" } }, wrong),
	);
}

/** @param {Panel} panel @param {Choices} choices */
function mainFields(panel, choices) {
	const { t } = panel;
	const { form } = panel.state;
	const set = (/** @type {keyof Form} */ name) => (/** @type {string} */ value) => change(panel, { [name]: value });
	const wrong = panel.ui("wrong") ?? {};
	const lengths = [...new Set([...LENGTHS, form.duration])]
		.sort((a, b) => a - b)
		.map((seconds) => ({ name: String(seconds), label: panel.clock(seconds) }));
	const languages = languagesOf(choices, panel.state.locale, form.language);
	return h(
		"div",
		{ class: "pair", key: "main" },
		select("template", t("template"), form.template, panel.named("template", choices.templates), set("template"), wrong.template),
		select("platform", t("platform"), form.platform, panel.named("platform", choices.platforms), set("platform"), wrong.platform),
		select("duration", t("length"), String(form.duration), lengths, (value) => change(panel, { duration: Number(value) }), wrong.duration),
		select("language", t("language"), form.language, languages, set("language"), wrong.language),
		voiceField(panel),
		lookFields(panel, choices, wrong.look),
		panel.ui("lengthHint")?.(panel, choices),
	);
}

/** A look by its name, or in words of one's own. @param {Panel} panel @param {Choices} choices @param {string} [wrong] */
function lookFields(panel, choices, wrong) {
	const { t } = panel;
	const { look } = panel.state.form;
	const own = panel.ui("ownLook") ?? Boolean(look && !choices.looks.some(({ name }) => name === look));
	const options = [{ name: "", label: t("voice_auto") }, ...panel.named("look", choices.looks), { name: OWN, label: t("look_own") }];
	const choose = (/** @type {string} */ value) => {
		panel.state.ui.ownLook = value === OWN;
		change(panel, { look: value === OWN ? "" : value });
		if (value === OWN) setTimeout(() => /** @type {HTMLElement | null} */ (panel.root?.querySelector("#own-look"))?.focus());
	};
	const input = {
		class: "input whole",
		id: "own-look",
		value: look,
		placeholder: t("look_hint"),
		maxlength: choices.longest_look,
		"aria-label": t("look_own"),
		oninput: (/** @type {Event} */ event) => change(panel, { look: /** @type {HTMLInputElement} */ (event.target).value }),
	};
	return [select("look", t("look"), own ? OWN : look, options, choose, wrong), own && h("input", input)];
}

/** @param {Panel} panel */
function voiceField(panel) {
	const { t } = panel;
	const { form } = panel.state;
	const known = panel.state.voices[form.language] ?? [];
	const options = [
		{ name: "auto", label: t("voice_auto") },
		...known
			.filter((voice) => voice.name !== "auto")
			.map((voice) => ({ name: voice.name, label: voiceName(voice, panel.state.locale, t), disabled: !voice.installed })),
	];
	const menuOf = h(
		"select",
		{
			id: "voice",
			class: "select",
			value: form.voice,
			onchange: (/** @type {Event} */ event) => change(panel, { voice: /** @type {HTMLSelectElement} */ (event.target).value }),
		},
		options.map((option) =>
			h("option", { key: option.name, value: option.name, disabled: "disabled" in option && option.disabled }, option.label),
		),
	);
	const hearing = Boolean(panel.ui("hearing"));
	return field(
		"voice",
		t("voice"),
		h(
			"div",
			{ class: "voice" },
			menuOf,
			iconButton(
				hearing ? t("stop") : t("hear_voice"),
				hearing ? "stop" : "voice",
				() =>
					panel.use(
						() => import("./hear.mjs"),
						({ hear }) => hear(panel),
					),
				{ kind: "" },
			),
		),
	);
}

/** What most films do not need; it is loaded when it is opened. @param {Panel} panel @param {Choices} choices */
function moreBox(panel, choices) {
	// Not by what the browser says afterwards: a redraw in between would shut it again.
	const toggle = (/** @type {Event} */ event) => {
		event.preventDefault();
		panel.keep("moreOpen", !panel.ui("moreOpen"));
		return panel.use(
			() => Promise.all([import("./new_film_more.mjs"), panel.also("views")]),
			([{ moreFields }]) => panel.keep("moreFields", moreFields),
		);
	};
	return h(
		"details",
		{ class: "morebox", key: "more", open: Boolean(panel.ui("moreOpen")) },
		h("summary", { onclick: (/** @type {Event} */ event) => void toggle(event) }, panel.t("more_options")),
		panel.ui("moreFields")?.(panel, choices),
	);
}
