/** What can be done next with a film's scenes: the free thing first, then what costs, with its price or with why it cannot be bought. */

import { run } from "./actions.mjs";
import { CHAT, asks, chatLine } from "./chat.mjs";
import { button } from "./controls.mjs";
import { h } from "./dom.mjs";
import { edit } from "./edits.mjs";
import { spendButton, whyNot } from "./price.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film */

export const FOOT = `${CHAT}
.foot .sum { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; } .foot .sum > p { flex: 1 1 auto; }
.foot .two { display: flex; gap: 8px; flex-wrap: wrap; } .foot .two .button { flex: 1 1 auto; }
.why { flex-wrap: wrap; } .why > span { flex: 1 1 200px; } .why .icon { display: inline-block; vertical-align: -2px; margin-inline-end: 6px; }
`;

const KEYS = ["why_key", "key_gemini", "AddKey"];
const RENDERERS = ["why_renderer", "ChooseRenderer"];

/** The button that does what the sentence says; Money's where it is about money. @param {Panel} panel @param {Film} film */
function wayOut(panel, film) {
	const code = film.shoot.why_said?.code ?? "";
	if (KEYS.includes(code)) return { label: panel.t("open_keys"), run: () => void panel.go("keys") };
	if (!RENDERERS.includes(code)) return undefined;
	const options = () =>
		panel.use(
			() => import("./film_options.mjs"),
			({ askOptions }) => askOptions(panel, film.id),
		);
	return { label: panel.t("film_options"), run: options };
}

/** What can be done next: the free thing first. @param {Panel} panel @param {Film} film */
export function foot(panel, film) {
	const { t } = panel;
	const busy = Boolean(panel.state.busy[`run ${film.id}`]) || film.job?.state === "running" || film.job?.state === "waiting";
	const approved = film.scenes.filter((scene) => scene.approved).length;
	const open = film.scenes.filter((scene) => !scene.approved && scene.take !== null);
	const bare = film.scenes.filter((scene) => scene.take === null);
	const all = () => void edit(panel, film.id, [{ op: "approve", scenes: open.map((scene) => scene.id), approved: true }]);
	const sum = h(
		"div",
		{ class: "sum" },
		h("p", { class: "num" }, t("approved_of", { n: approved, total: film.scenes.length })),
		open.length ? button(t("approve_all"), all, { kind: "little" }) : null,
	);
	// While something is made there is nothing to buy beside it.
	const buys = film.shoot.scenes > 0 && !busy;
	// Where nothing is for sale yet, what leads there stands in its place.
	const way = film.shoot.allowed ? undefined : wayOut(panel, film);
	const shoot = () => void run(panel, film.id, "shoot", "approved");
	const next = way
		? button(way.label, way.run, { kind: "outline" })
		: spendButton(panel, film.shoot, t("shoot_approved", { n: film.shoot.scenes }), shoot);
	return h(
		"div",
		{ class: "foot", key: "foot" },
		// A proposal is what is to be decided on first.
		film.scenes.length && !asks(panel, film)
			? [
					sum,
					buys ? whyNot(panel, film.shoot, way && null) : null,
					h("div", { class: "two" }, nextStep(panel, film, bare.length, busy), buys ? next : null),
				]
			: null,
		chatLine(panel, film),
	);
}

/** @param {Panel} panel @param {Film} film @param {number} bare Scenes without a picture. @param {boolean} busy */
function nextStep(panel, film, bare, busy) {
	const { t } = panel;
	const watch = button(t("watch_film"), () => void panel.go("film"), { kind: "primary", icon: "play" });
	if (busy && film.reel) return watch;
	if (bare || film.scenes.some((scene) => scene.state === "planned"))
		return button(t("rehearse_free"), () => void run(panel, film.id, "rehearse", "every"), { kind: "primary", busy });
	if (!film.reel?.current) return button(t("cut_free"), () => void run(panel, film.id, "cut", "every"), { kind: "primary", busy });
	return watch;
}
