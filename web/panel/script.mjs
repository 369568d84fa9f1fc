/** New film: a script of one's own instead of an idea. */

import { button } from "./controls.mjs";
import { h } from "./dom.mjs";
import { take } from "./films.mjs";
import { chooseFile } from "./more_controls.mjs";
import { orderOf } from "./form.mjs";
import { attempt } from "./trying.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

/** Choose a script, and make the film of it. @param {Panel} panel */
export function chooseScript(panel) {
	chooseFile(".fountain,.md,.txt,.json", (file) => void attempt(panel, "script", () => film(panel, file)));
}

/** @param {Panel} panel */
export function scriptField(panel) {
	const { t } = panel;
	const choose = () => chooseScript(panel);
	return h(
		"div",
		{ class: "field", key: "script" },
		h("span", { class: "label" }, t("script")),
		button(t("choose_file"), choose, { icon: "upload", busy: panel.state.busy.script, label: `${t("script")}: ${t("choose_file")}` }),
	);
}

/** @param {Panel} panel @param {File} file */
async function film(panel, file) {
	const screenplay = decoded(await file.arrayBuffer());
	if (screenplay === null) {
		await panel.also("views");
		panel.notify(panel.t("script_not_text", { name: file.name }), { bad: true });
		return;
	}
	const { brief, options } = orderOf(panel.state.form);
	const made = await panel.api.post("/films", {
		screenplay,
		language: brief.language,
		aspect: brief.aspect,
		look: brief.look,
		platform: brief.platform,
		options: { ...options, renderer: "draft" },
		action: "rehearse",
	});
	take(panel, made);
	panel.say(panel.t("film_begun", { title: made.title }));
	await panel.go("scenes", made.id);
}

/** A file's text, in UTF-8 or in UTF-16 with its mark; null if it is neither. @param {ArrayBuffer} data */
function decoded(data) {
	const [first, second] = new Uint8Array(data, 0, Math.min(2, data.byteLength));
	const wide = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "";
	try {
		return new TextDecoder(wide || "utf-8", { fatal: true }).decode(data);
	} catch {
		return null;
	}
}
