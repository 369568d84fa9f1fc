/** ComfyUI's way into the panel. At start it only registers: everything else is loaded when it is used. */

import { app } from "../../scripts/app.js";
import { api } from "../../scripts/api.js";

const SHOOTERS = new Set(["OneReelShootWithVeo", "OneReelShootWithOmni", "OneReelPriceCard"]);
/** What the server tells. */
const EVENTS = ["cost", "done", "film", "films", "line", "operation", "progress", "setup", "started", "stuck", "take"];

/** @typedef {import("@comfyorg/comfyui-frontend-types").ComfyApp} ComfyApp */

/** @param {any} node A LiteGraph node. */
function givesVideo(node) {
	return node.outputs?.some((/** @type {{type: unknown}} */ output) => output.type === "VIDEO");
}

/** @param {any} node A LiteGraph node. */
function shoots(node) {
	return SHOOTERS.has(node.comfyClass);
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
			render: (container) => void import("./panel/panel.mjs").then(({ show }) => show(container, { app, api })),
			destroy: () => void import("./panel/panel.mjs").then(({ hide }) => hide()),
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
