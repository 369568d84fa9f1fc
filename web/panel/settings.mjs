/** Settings: the panel's language; what the owner decided, and the command that changes it. The panel itself cannot. */

import { select } from "./controls.mjs";
import { h } from "./dom.mjs";
import { pair } from "./money.mjs";
import { PAGE, command, page } from "./page.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

export const words = "drawer";
export const rules = PAGE;

/** @param {Panel} panel */
export function enter(panel) {
	void panel.sync.page("/settings", { anew: true });
}

/** @param {Panel} panel */
export function render(panel) {
	return page(panel, panel.t("settings"), ["/settings"], (settings) => body(panel, settings), 120, 90, 90);
}

/** @param {Panel} panel @param {any} settings */
function body(panel, settings) {
	const { t } = panel;
	const cap = (/** @type {string | null} */ dollars) => (dollars === null ? t("no_cap") : panel.money(dollars));
	const { buying, server } = settings;
	return [
		language(panel),
		h("p", { class: "dim" }, t("settings_words")),
		h(
			"section",
			null,
			h("h2", null, t("buying")),
			h(
				"dl",
				{ class: "pairs" },
				pair(t("state"), t(buying.on ? "on" : "off")),
				pair(t("cap_film"), cap(buying.caps.film)),
				pair(t("cap_day"), cap(buying.caps.day)),
				pair(t("cap_month"), cap(buying.caps.month)),
				pair(t("medic"), t(settings.medic === "allow" ? "medic_allow" : "medic_ask")),
			),
			command(panel, buying.how),
		),
		h(
			"section",
			null,
			h("h2", null, t("server")),
			h(
				"dl",
				{ class: "pairs" },
				pair(t("token"), t(server.token_set ? "on" : "off")),
				pair(t("per_minute"), String(server.per_minute)),
				pair(t("resume_setting"), t(server.resume ? "on" : "off")),
				pair(t("voice"), settings.voice_engine),
			),
		),
	];
}

/** @param {Panel} panel */
function language(panel) {
	const { t } = panel;
	const { app, language: known } = panel.host;
	const { setting } = app.extensionManager;
	const options = known.options.map(({ value, text }, index) => ({ name: value, label: index ? text : t("as_comfyui") }));
	const value = String(setting.get(known.setting) ?? options[0].name);
	return select("panel-language", t("language"), value, options, (chosen) => void setting.set(known.setting, chosen));
}
