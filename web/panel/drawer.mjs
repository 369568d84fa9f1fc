/** What lies in the panel's drawer. */

/** @typedef {import("./panel.mjs").Panel} Panel */

/** @param {Panel} panel @returns {import("./controls.mjs").Item[]} */
export function drawerItems(panel) {
	const { t } = panel;
	return [
		{ label: t("characters"), icon: "person", run: () => void panel.go("characters") },
		{ label: t("money"), icon: "coins", run: () => void panel.go("money") },
		{ label: t("health"), icon: "health", run: () => void panel.go("health") },
		{ label: t("keys"), icon: "key", run: () => void panel.go("keys") },
		{ label: t("settings"), icon: "gear", run: () => void panel.go("settings") },
		null,
		{ label: t("keyboard"), icon: "keyboard", hint: "?", run: () => void panel.openKeyboard() },
	];
}
