/** ComfyUI's way into the panel. At start it only registers: everything else is loaded when it is used. */

import { app } from "../../scripts/app.js";
import { api } from "../../scripts/api.js";

const SHOOTERS = new Set(["OneReelShootWithVeo", "OneReelShootWithOmni", "OneReelPriceCard"]);
/** What the server tells. */
const EVENTS = ["cost", "done", "film", "films", "line", "operation", "progress", "setup", "started", "stuck", "take"];

const AGAIN_MS = 3000;
/** Said, in the languages of the panel, while its own words cannot be had. @type {Record<string, [string, string]>} */
const AWAY = {
	en: ["ComfyUI does not answer. Is it still running?", "Try again"],
	de: ["ComfyUI antwortet nicht. Läuft es noch?", "Noch einmal versuchen"],
	fr: ["ComfyUI ne répond pas. Est-il encore lancé ?", "Réessayer"],
	es: ["ComfyUI no responde. ¿Sigue en marcha?", "Intentar de nuevo"],
	ja: ["ComfyUI が応答しません。起動していますか？", "もう一度試す"],
	zh: ["ComfyUI 没有回应。它还在运行吗？", "再试一次"],
};

/** @typedef {import("@comfyorg/comfyui-frontend-types").ComfyApp} ComfyApp */

/** @param {any} node A LiteGraph node. */
function givesVideo(node) {
	return node.outputs?.some((/** @type {{type: unknown}} */ output) => output.type === "VIDEO");
}

/** @param {any} node A LiteGraph node. */
function shoots(node) {
	return SHOOTERS.has(node.comfyClass);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** Show the panel; while ComfyUI does not answer, say so and try again. @param {HTMLElement} container @param {HTMLElement} [told] */
async function open(container, told) {
	try {
		const { show } = await import("./panel/panel.mjs");
		await show(container, { app, api });
		told?.remove();
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		const box = told ?? container.appendChild(away(() => void open(container, box)));
		clearTimeout(pause);
		pause = setTimeout(() => box.isConnected && void open(container, box), AGAIN_MS);
	}
}

/** @param {() => void} again */
function away(again) {
	const locale = String(app.extensionManager.setting.get("Comfy.Locale") ?? "en");
	const [words, label] = AWAY[locale.split(/[-_]/)[0]] ?? AWAY.en;
	const box = document.createElement("div");
	box.setAttribute("role", "alert");
	box.style.cssText = "display: grid; gap: 8px; justify-items: start; padding: 16px; font: 13px/1.45 sans-serif";
	const button = Object.assign(document.createElement("button"), { textContent: label, onclick: again });
	button.style.cssText = "padding: 4px 12px; cursor: pointer";
	box.append(words, button);
	return box;
}

// ComfyUI's frontend reports a message that nobody listens to as an error; the panel listens only once it is open.
for (const kind of EVENTS) /** @type {EventTarget} */ (api).addEventListener(`onereel.${kind}`, () => undefined);

app.registerExtension({
	name: "onereel.panel",

	setup() {
		app.extensionManager.registerSidebarTab({
			id: "onereel",
			title: "OneReel",
			tooltip: "OneReel",
			icon: "pi pi-video",
			type: "custom",
			render: (container) => void open(container),
			// What never came needs no end.
			destroy: () =>
				void import("./panel/panel.mjs").then(
					({ hide }) => hide(),
					() => undefined,
				),
		});
	},

	nodeCreated(node) {
		if (shoots(node)) void import("./panel/badge.mjs").then(({ showPrice }) => showPrice(api, node));
	},

	getNodeMenuItems(node) {
		if (shoots(node)) {
			const replace = () => import("./panel/successor.mjs").then(({ useSuccessor }) => useSuccessor(app, api, node));
			return [{ content: "OneReel: Use the model's successor", callback: () => void replace() }];
		}
		if (!givesVideo(node) || !("OneReelCollectTake" in globalThis.LiteGraph.registered_node_types)) return [];
		const collect = () => import("./panel/collect.mjs").then(({ collectTake }) => collectTake(app, node));
		return [{ content: "OneReel: Collect as take", callback: () => void collect() }];
	},
});
