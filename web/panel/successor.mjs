/** Right-click on a node that shoots for money: its model is exchanged for the one that follows it. */

/**
 * Put the successor into the node's menu of models, where its model is retired or soon will be.
 *
 * @param {import("@comfyorg/comfyui-frontend-types").ComfyApp} app
 * @param {{fetchApi: (path: string) => Promise<Response>}} api
 * @param {any} node A LiteGraph node with a menu of models.
 */
export async function useSuccessor(app, api, node) {
	const answer = await api.fetchApi("/onereel/v1/models");
	const said = await answer.json();
	if (!answer.ok) return tell(app, "error", said.detail);
	const menu = node.widgets.find((/** @type {{name: string}} */ widget) => widget.name === "model");
	const successor = said.successors[nameIn(menu.value)];
	if (!successor) return tell(app, "info", `Nothing to replace: ${nameIn(menu.value)} goes on.`);
	const marked = menu.options.values.find((/** @type {string} */ entry) => nameIn(entry) === successor);
	node.graph?.beforeChange?.();
	menu.value = marked ?? successor;
	menu.callback?.(menu.value);
	node.graph?.afterChange?.();
	tell(app, "success", `${successor} shoots from now on.`);
}

/** What stands before the marks of an entry of the menu of models. @param {string} entry */
export function nameIn(entry) {
	return entry.split(" ", 1)[0] ?? "";
}

/**
 * @param {import("@comfyorg/comfyui-frontend-types").ComfyApp} app
 * @param {"success" | "info" | "error"} severity
 * @param {string} summary
 */
function tell(app, severity, summary) {
	app.extensionManager.toast.add({ severity, summary, life: 6000 });
}
