/** Right-click on a node that gives a film: its clip becomes a take of a scene. */

/**
 * Add Collect Take beside the node and wire the film to it.
 *
 * @param {import("@comfyorg/comfyui-frontend-types").ComfyApp} app
 * @param {any} node A LiteGraph node with a VIDEO output.
 */
export function collectTake(app, node) {
	const made = globalThis.LiteGraph.createNode("OneReelCollectTake");
	const slot = node.outputs.findIndex((/** @type {{type: unknown}} */ output) => output.type === "VIDEO");
	const input = made?.inputs?.findIndex((/** @type {{type: unknown}} */ each) => each.type === "VIDEO") ?? -1;
	if (!made || input < 0) return;
	made.pos = [node.pos[0] + node.size[0] + 60, node.pos[1]];
	const graph = node.graph ?? app.graph;
	graph.beforeChange?.();
	graph.add(made);
	node.connect(slot, made, input);
	graph.afterChange?.();
	app.canvas.selectNode(made);
}
