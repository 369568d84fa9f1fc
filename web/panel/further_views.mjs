/** The views that the panel opens without: a module each, loaded with its words and with what New film can do without. */

import "./more_icons.mjs";
import { MORE } from "./more_styles.mjs";
import { learn } from "./said.mjs";
import { style } from "./styles.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").View} View @typedef {import("./views.mjs").ViewModule} ViewModule */

/** @type {Record<Exclude<View, "new">, () => Promise<ViewModule>>} */
const VIEWS = {
	library: () => import("./library.mjs"),
	scenes: () => import("./scenes.mjs"),
	film: () => import("./film.mjs"),
	money: () => import("./money.mjs"),
	health: () => import("./health.mjs"),
	keys: () => import("./keys.mjs"),
	settings: () => import("./settings.mjs"),
	characters: () => import("./characters.mjs"),
};

/** @param {Panel} panel @param {Exclude<View, "new">} view */
export async function load(panel, view) {
	const [module] = await Promise.all([VIEWS[view](), learn(panel), panel.also("views")]);
	if (panel.root) style(panel.root, MORE);
	if (module.words) await panel.also(module.words);
	return module;
}
