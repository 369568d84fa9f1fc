/** ComfyUI's way into the panel. At start it only registers: everything else is loaded when it is used. */

import { app } from "../../scripts/app.js";
import { api } from "../../scripts/api.js";

const SHOOTERS = new Set(["OneReelShootWithVeo", "OneReelShootWithOmni", "OneReelPriceCard"]);
/** What the server tells. */
const EVENTS = ["cost", "done", "film", "films", "line", "operation", "progress", "setup", "started", "stuck", "take"];
/** @type {Record<string, [string, string]>} */
const UNOPENED = {
	en: ["OneReel could not be loaded. Is ComfyUI still running?", "Try again"],
	de: ["OneReel konnte nicht geladen werden. Läuft ComfyUI noch?", "Noch einmal versuchen"],
	fr: ["OneReel n’a pas pu être chargé. ComfyUI est-il encore lancé ?", "Réessayer"],
	es: ["No se pudo cargar OneReel. ¿Sigue en marcha ComfyUI?", "Intentar de nuevo"],
	ja: ["OneReel を読み込めませんでした。ComfyUI は起動していますか？", "もう一度試す"],
	zh: ["无法加载 OneReel。ComfyUI 还在运行吗？", "再试一次"],
};

/** What the panel speaks: ComfyUI's language, or one of its own; newer frontends cannot be set to each of them. */
const LANGUAGE = {
	setting: "onereel.Language",
	options: [
		{ value: "comfyui", text: "As ComfyUI" },
		{ value: "en", text: "English" },
		{ value: "de", text: "Deutsch" },
		{ value: "fr", text: "Français" },
		{ value: "es", text: "Español" },
		{ value: "ja", text: "日本語" },
		{ value: "zh", text: "中文" },
	],
	/** @param {Record<string, unknown>} [changed] Settings that are told before they are set. */
	locale(changed = {}) {
		const value = (/** @type {string} */ id) => String(changed[id] ?? app.extensionManager.setting.get(id) ?? "");
		const own = value(LANGUAGE.setting);
		return own in UNOPENED ? own : value("Comfy.Locale") || "en";
	},
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

/** @param {HTMLElement} container */
async function open(container) {
	container.replaceChildren();
	try {
		const { show } = await import("./panel/panel.mjs");
		await show(container, { app, api, language: LANGUAGE });
	} catch (error) {
		reportError(error);
		container.replaceChildren(unopened(() => void open(container)));
	}
}

/** Said where the panel itself, and so its words, could not be had. @param {() => void} again */
function unopened(again) {
	const [words, label] = UNOPENED[LANGUAGE.locale().split(/[-_]/)[0]] ?? UNOPENED.en;
	const told = document.createElement("div");
	told.role = "alert";
	told.style.cssText = "padding: 16px; color: var(--fg-color); font: 13px/1.5 system-ui, sans-serif";
	const button = document.createElement("button");
	Object.assign(button, { type: "button", textContent: label, onclick: again });
	button.style.cssText = "display: block; margin-top: 12px; padding: 6px 12px; font: inherit";
	told.append(words, button);
	return told;
}

// ComfyUI's frontend reports a message that nobody listens to as an error; the panel listens only once it is open.
for (const kind of EVENTS) /** @type {EventTarget} */ (api).addEventListener(`onereel.${kind}`, () => undefined);

app.registerExtension({
	name: "onereel.panel",

	settings: [
		{
			id: /** @type {any} */ (LANGUAGE.setting),
			name: "Language of the panel",
			tooltip: "As ComfyUI is set, or a language of OneReel's own.",
			category: ["OneReel", "OneReel"],
			type: "combo",
			options: LANGUAGE.options,
			defaultValue: "comfyui",
		},
	],

	setup() {
		app.extensionManager.registerSidebarTab({
			id: "onereel",
			title: "OneReel",
			tooltip: "OneReel",
			icon: "pi pi-video",
			type: "custom",
			render: (container) => void open(container),
			destroy: () => void import("./panel/panel.mjs").then(({ hide }) => hide()).catch(() => undefined),
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
