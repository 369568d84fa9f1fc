/** Whether a film is as long as its platform takes it. */

import { h } from "./dom.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Choices} Choices */

/** What the platform makes of the film's length, where it says something. @param {Panel} panel @param {Choices} choices */
export function lengthHint(panel, choices) {
	const { platform, duration } = panel.state.form;
	const known = choices.platforms.find(({ name }) => name === platform);
	const { shortest, longest, usual_length: usual } = known ?? {};
	const [name] = panel.named("platform", known ? [known] : []).map(({ label }) => label);
	const clock = (/** @type {number} */ seconds) => panel.clock(seconds);
	const told =
		longest && duration > longest
			? panel.t("platform_most", { name, length: clock(longest) })
			: shortest && duration < shortest
				? panel.t("platform_least", { name, length: clock(shortest) })
				: usual && panel.t("platform_usual", { name, from: clock(usual[0]), to: clock(usual[1]) });
	return told ? h("p", { class: "small dim whole", key: "fits", role: "status" }, told) : null;
}
