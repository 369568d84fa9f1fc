/** What stands in a scene's way, and the ways out of it; after a refusal, the softer words that the medic proposes. */

import { edit } from "./edits.mjs";
import { button } from "./controls.mjs";
import { medicDiff } from "./diff.mjs";
import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { sentenceOf } from "./said.mjs";
import { trouble, troubleButton } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film @typedef {import("./types").Scene} Scene */

/** States of a scene that only a person can mend. */
export const BAD = ["refused", "lost", "failed"];

/** @param {Panel} panel @param {Film} film @param {Scene} scene @param {import("./scene_card.mjs").Deeds} deeds */
export function sceneTrouble(panel, film, scene, deeds) {
	if (!BAD.includes(scene.state) || !scene.problem) return null;
	const words = sentenceOf(panel, scene.problem.detail, scene.problem.said);
	const mild = scene.state !== "failed";
	return h(
		"div",
		{ class: `trouble wide ${mild ? "mild" : ""}`, key: "trouble" },
		h("p", { class: "small" }, icon(scene.state === "failed" ? "failed" : "alert", "small"), words),
		scene.medic ? h("p", { class: "small" }, medicDiff(scene.medic.diff)) : null,
		h("div", { class: "row wrap tight" }, ways(panel, film, scene, deeds)),
	);
}

/** @param {Panel} panel @param {Film} film @param {Scene} scene @param {import("./scene_card.mjs").Deeds} deeds */
function ways(panel, film, scene, deeds) {
	const { t } = panel;
	const own = button(t("write_my_own"), () => (panel.keep(`more ${scene.id}`, true), deeds.open(scene.id)), { kind: "little" });
	if (scene.medic?.text) {
		const { field, text } = scene.medic;
		const use = () => void edit(panel, film.id, [{ op: "set", scene: scene.id, fields: { [field]: text } }]);
		return [button(t("use_it"), use, { kind: "little primary" }), own];
	}
	if (scene.state === "refused" || scene.problem?.action?.do === "edit") return [own];
	const offered = scene.problem ? troubleButton(panel, scene.problem, () => deeds.redo(scene)) : null;
	if (offered && scene.state === "lost")
		return [
			button(t("look_for_it"), offered.run, { kind: "little" }),
			// There it is written off, or allowed again.
			button(t("open_money"), () => void panel.go("money"), { kind: "little" }),
		];
	if (offered) return button(offered.label, offered.run, { kind: "little" });
	return button(t("redo"), () => deeds.redo(scene), { kind: "little", icon: "redo" });
}

/**
 * What keeps scenes from being bought that are well otherwise: said once for all of them.
 *
 * @param {Panel} panel
 * @param {Film} film
 */
export function filmTrouble(panel, film) {
	const found = film.scenes.find((scene) => scene.problem && !BAD.includes(scene.state))?.problem;
	return found ? h("div", { key: "film trouble" }, trouble(panel, found, { mild: true })) : null;
}
