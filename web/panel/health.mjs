/** Health: each service, ComfyUI's queue, disk, memory and versions, in words, with a way out of what is wrong. */

import { button } from "./controls.mjs";
import { h } from "./dom.mjs";
import { icon } from "./icons.mjs";
import { pair } from "./money.mjs";
import { PAGE, page } from "./page.mjs";
import { sentenceOf } from "./said.mjs";
import { setup, setupPath } from "./setup.mjs";
import { troubleButton } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

export const words = "drawer";
export const rules = `${PAGE}
.service:not(:lang(ja), :lang(zh)) p::first-letter { text-transform: uppercase; } .service { flex-direction: row; gap: 10px; } .service > .icon { margin-top: 1px; } .service > div { flex: 1; min-width: 0; }
.service.ok > .icon { color: var(--good); } .service.off > .icon { color: var(--dim); } .service.down > .icon { color: var(--bad); }
`;

/** @type {Record<string, string>} */
const NAMES = { onereel: "OneReel", comfyui: "ComfyUI", python: "Python" };

const FACES = /** @type {const} */ ({ ok: "approved", off: "planned", down: "failed" });

/** @param {Panel} panel */
export function enter(panel) {
	void panel.sync.page("/health", { anew: true });
	void panel.sync.page(setupPath(panel), { anew: true });
}

/** @param {Panel} panel */
export function render(panel) {
	return page(panel, panel.t("health"), ["/health"], (health) => body(panel, health), 60, 60, 60, 60, 100);
}

/** @param {Panel} panel @param {any} health */
function body(panel, health) {
	const { t } = panel;
	return [
		h(
			"section",
			null,
			h("h2", null, t("services")),
			// What needs somebody comes first.
			[...health.services]
				.sort((a, b) => Number(b.state === "down") - Number(a.state === "down"))
				.map((/** @type {any} */ service) => serviceItem(panel, service)),
		),
		setup(panel),
		h(
			"section",
			null,
			h("h2", null, t("computer")),
			h(
				"dl",
				{ class: "pairs" },
				pair(t("queue"), t("queue_words", { running: health.queue.running, waiting: health.queue.waiting })),
				Object.entries(health.versions).map(([name, version]) => pair(NAMES[name] ?? name, String(version))),
			),
		),
		"Notification" in window && Notification.permission === "default"
			? h(
					"section",
					null,
					h("h2", null, t("notices")),
					h("p", { class: "dim" }, t("notices_words")),
					h(
						"div",
						null,
						button(t("notices_on"), () => void Notification.requestPermission().then(() => panel.set({})), { kind: "little" }),
					),
				)
			: null,
	];
}

/** @param {Panel} panel @param {any} service */
function serviceItem(panel, service) {
	const face = FACES[/** @type {keyof typeof FACES} */ (service.state)] ?? "planned";
	const way = service.action ? troubleButton(panel, { status: 0, title: "", detail: service.words, action: service.action }) : null;
	return h(
		"div",
		{ class: `item service ${service.state}`, key: service.name },
		icon(face),
		h(
			"div",
			null,
			h(
				"div",
				{ class: "row between" },
				h("strong", null, sentenceOf(panel, service.label, service.label_said)),
				h("span", { class: "small dim" }, panel.t(/** @type {any} */ (`service_${service.state}`))),
			),
			h("p", { class: "small dim" }, sentenceOf(panel, service.words, service.words_said)),
			way && h("div", { style: { "margin-top": "6px" } }, button(way.label, way.run, { kind: "little" })),
		),
	);
}
