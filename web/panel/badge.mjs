/** What a second costs, in the corner of the nodes that shoot for money; where the host draws badges. */

import { nameIn } from "./successor.mjs";

/** @typedef {{name: string, prices: Record<string, string>, silent_prices: Record<string, string>}} Model */

/** Ask for it once; a price that was corrected in the owner's file shows after a reload. @type {Promise<Model[]> | undefined} */
let models;

/**
 * Give a node its badge. It follows the widgets by itself: hosts ask for its text each time they draw.
 *
 * @param {{fetchApi: (path: string) => Promise<Response>}} api
 * @param {any} node A LiteGraph node with widgets for model, resolution and sound.
 */
export async function showPrice(api, node) {
	const Badge = /** @type {any} */ (globalThis).LGraphBadge;
	if (!Badge || !Array.isArray(node.badges)) return;
	const known = await (models ??= ask(api));
	node.badges.push(() => new Badge({ text: priceOf(known, node), fgColor: "#fff", bgColor: "#8d6932" }));
	node.setDirtyCanvas?.(true, true);
}

/** @param {{fetchApi: (path: string) => Promise<Response>}} api @returns {Promise<Model[]>} */
async function ask(api) {
	const answer = await api.fetchApi("/onereel/v1/models");
	return answer.ok ? (await answer.json()).models : [];
}

/** Dollars a second, such as "$0.08-0.10/s"; empty where nobody knows. @param {Model[]} known @param {any} node */
function priceOf(known, node) {
	const value = (/** @type {string} */ name) =>
		String(node.widgets?.find((/** @type {{name: string}} */ widget) => widget.name === name)?.value ?? "");
	const model = known.find((each) => each.name === nameIn(value("model")));
	const loud = model?.prices[value("resolution")];
	const silent = model?.silent_prices[value("resolution")] ?? loud;
	if (!loud || !silent) return "";
	const from = value("sound") === "on" ? loud : silent;
	const to = value("sound") === "off" ? silent : loud;
	return from === to ? `$${to}/s` : `$${from}-${to}/s`;
}
