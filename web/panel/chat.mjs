/** Chat: say what to change; the writer proposes it, shown as a diff; nothing changes before it is applied, and it can be undone. */

import { edit } from "./edits.mjs";
import { Trouble } from "./api.mjs";
import { button, iconButton } from "./controls.mjs";
import { DIFF, diffOf } from "./diff.mjs";
import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { plainly, sentenceOf } from "./said.mjs";
import { trouble } from "./trouble.mjs";
import { fieldWords } from "./words.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Proposal} Proposal */

export const CHAT = `${DIFF}
.chat { display: flex; gap: 6px; } .chat .input { flex: 1; }
.proposal { display: flex; flex-direction: column; gap: 8px; max-height: min(320px, 45vh); overflow: auto; }
.proposal dl { display: flex; flex-direction: column; gap: 8px; font-size: 12.5px; } .proposal dt { color: var(--dim); font-size: 12px; } .proposal dd { margin: 0; overflow-wrap: anywhere; }
.unknown { position: relative; } .unknown p { padding-inline-end: 18px; } .unknown > .close { position: absolute; top: 5px; right: 5px; }
.commands { align-self: stretch; display: flex; flex-wrap: wrap; gap: 4px; max-height: 30vh; overflow: auto; } .commands .button { max-width: 100%; }
`;

/** @param {Panel} panel @param {Film} film @param {string | null} scene */
async function propose(panel, film, scene) {
	const text = String(panel.ui("chat") ?? "").trim();
	if (!text || panel.state.busy.chat) return;
	panel.set({ busy: { ...panel.state.busy, chat: true }, ui: { ...panel.state.ui, proposal: null, chatProblem: null } });
	try {
		const proposal = await panel.api.post(`/films/${film.id}/proposals`, { text, scene: scene ?? "", language: panel.language });
		panel.set({ ui: { ...panel.state.ui, proposal: { ...proposal, film: film.id } } });
		panel.say(plainly(panel, proposal.words, proposal.words_said));
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		panel.keep("chatProblem", error.problem);
	} finally {
		panel.set({ busy: { ...panel.state.busy, chat: false } });
	}
}

/** A director's pass by whoever wrote the film, shown as a proposal. @param {Panel} panel @param {Film} film */
export async function direct(panel, film) {
	if (panel.state.busy.chat) return;
	await panel.go("scenes", film.id);
	const service = film.writer.split(":")[0];
	const director = service === "ollama" || service === "gemini" ? service : "built-in";
	const model = film.writer.slice(service.length + 1);
	panel.set({ busy: { ...panel.state.busy, chat: true }, ui: { ...panel.state.ui, proposal: null, chatProblem: null } });
	try {
		const proposal = await panel.api.post(`/films/${film.id}/direct`, { director, model });
		panel.set({ ui: { ...panel.state.ui, proposal: { ...proposal, film: film.id } } });
		panel.say(proposal.words);
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		panel.keep("chatProblem", error.problem);
	} finally {
		panel.set({ busy: { ...panel.state.busy, chat: false } });
	}
}

/** @param {Panel} panel @param {Film} film */
export function chatLine(panel, film) {
	const { t } = panel;
	const scene = panel.ui("open") ?? null;
	const send = (/** @type {Event} */ event) => {
		event.preventDefault();
		void propose(panel, film, scene);
	};
	const text = String(panel.ui("chat") ?? "");
	const input = h("input", {
		class: "input",
		"aria-label": t("chat"),
		placeholder: t("chat_hint"),
		value: text,
		maxlength: 2000,
		oninput: (/** @type {Event} */ event) => panel.keep("chat", /** @type {HTMLInputElement} */ (event.target).value),
	});
	return [
		proposalCard(panel, film),
		chatTrouble(panel),
		h(
			"form",
			{ class: "chat", key: "chat", onsubmit: send },
			input,
			h(
				"button",
				{
					type: "submit",
					class: "button square",
					"aria-label": t("propose"),
					title: t("propose"),
					disabled: !text.trim() || Boolean(panel.state.busy.chat),
				},
				panel.state.busy.chat ? h("span", { class: "dim" }, "…") : icon("send"),
			),
		),
	];
}

/** What is proposed for a film. @param {Panel} panel @param {Film} film */
function proposed(panel, film) {
	const proposal = /** @type {(Proposal & {film: string}) | null} */ (panel.ui("proposal"));
	return proposal?.film === film.id ? proposal : null;
}

/** Whether something is to be read or decided on before anything else. @param {Panel} panel @param {Film} film */
export function asks(panel, film) {
	return Boolean(proposed(panel, film) || panel.ui("chatProblem"));
}

/** @param {Panel} panel @param {Film} film */
function proposalCard(panel, film) {
	const proposal = proposed(panel, film);
	if (!proposal) return null;
	const { t } = panel;
	const number = (/** @type {string | null} */ id) => film.scenes.find((scene) => scene.id === id)?.number;
	const drop = () => panel.keep("proposal", null);
	const apply = async () => {
		if (await edit(panel, film.id, proposal.changes)) panel.set({ ui: { ...panel.state.ui, proposal: null, chat: "" } });
	};
	const entry = (/** @type {Proposal["diff"][number]} */ part) => [
		h(
			"dt",
			null,
			[number(part.scene) ? t("scene_number", { number: number(part.scene) ?? "" }) : "", fieldWords(panel, part.field)]
				.filter(Boolean)
				.join(" · "),
		),
		h("dd", null, diffOf(String(part.before ?? ""), String(part.after ?? ""))),
	];
	return h(
		"section",
		{ class: "card proposal", key: "proposal", "aria-label": t("proposal") },
		h("p", null, sentenceOf(panel, proposal.words, proposal.words_said)),
		proposal.diff.length ? h("dl", null, proposal.diff.map(entry)) : null,
		h(
			"div",
			{ class: "row between" },
			// A command was understood by nobody in particular.
			h("span", { class: "small dim clip" }, proposal.by === "commands" ? "" : t("proposed_by", { who: proposal.by })),
			h(
				"span",
				{ class: "row tight" },
				button(t("discard"), drop, { kind: "little quiet" }),
				button(t("apply"), () => void apply(), { kind: "little primary" }),
			),
		),
	);
}

/** The writer did not understand, or cannot be had: the sentence, or the commands that work without a model. @param {Panel} panel */
function chatTrouble(panel) {
	const problem = panel.ui("chatProblem");
	if (!problem) return null;
	const commands = /** @type {string[]} */ (problem.commands ?? []);
	const write = (/** @type {string} */ command) => panel.set({ ui: { ...panel.state.ui, chat: command, chatProblem: null } });
	const close = iconButton(panel.t("close"), "close", () => panel.keep("chatProblem", null), { kind: "quiet little close" });
	if (!commands.length) return h("div", { key: "chat trouble", class: "unknown" }, trouble(panel, problem, { mild: true }), close);
	return h(
		"div",
		{ key: "chat trouble", class: "trouble mild unknown", role: "alert" },
		h("p", null, icon("alert"), h("span", null, panel.t("chat_unknown"))),
		h(
			"div",
			{ class: "commands" },
			commands.map((command) => button(command, () => write(command), { kind: "little", key: command })),
		),
		close,
	);
}
