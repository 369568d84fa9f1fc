/** New film: what was asked for becomes a film. */

import { Trouble } from "./api.mjs";
import { take } from "./films.mjs";
import { orderOf } from "./form.mjs";
import { learn, plainly } from "./said.mjs";
import { unwritten } from "./tongue.mjs";
import { attempt } from "./trying.mjs";
import { wishKey } from "./wish.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

/** @param {Panel} panel @param {"rehearse" | "shoot"} action */
export async function make(panel, action) {
	if (refused(panel)) return;
	const { form, price, choices } = panel.state;
	if (!form.idea.trim()) {
		panel.keep("wrong", { idea: panel.t("idea_missing") });
		/** @type {HTMLElement | null} */ (panel.root?.querySelector("#idea"))?.focus();
		return;
	}
	const wish = panel.ui("wish") ?? wishKey();
	panel.keep("wish", wish);
	const ceiling = action === "shoot" ? { ceiling: price?.at_most } : {};
	const order = orderOf(form);
	// A film that cannot be shot yet is not bothered with what is missing for that.
	const reached = choices?.renderers.some((renderer) => renderer.name === form.renderer && renderer.reached);
	const options = reached ? order.options : { ...order.options, renderer: "draft" };
	const body = { ...order, options, action, ...ceiling, priority: "normal" };
	await attempt(panel, action, async () => {
		try {
			const film = await panel.api.post("/films", body, { headers: { "Idempotency-Key": wish } });
			take(panel, film);
			panel.set({ form: { ...panel.state.form, idea: "" }, ui: { ...panel.state.ui, wish: null } });
			panel.say(panel.t("film_begun", { title: film.title }));
			await panel.go("scenes", film.id);
		} catch (error) {
			if (error instanceof Trouble && error.problem.fields?.length) panel.keep("wrong", await wrongFields(panel, error.problem.fields));
			throw error;
		}
	});
}

/** What is refused already is not made: the sentence, and the way out, are there. @param {Panel} panel */
function refused(panel) {
	const ways = unwritten(panel) && panel.root?.querySelector("#ways-out");
	const known = panel.ui("priced") === panel.state.form && panel.state.form.idea.trim();
	const told = known && panel.ui("priceProblem")?.status === 400 && panel.root?.querySelector(".scroll > .trouble");
	const stop = ways || told;
	if (!stop) return false;
	stop.scrollIntoView({ block: "nearest" });
	stop.querySelector("button")?.focus();
	return true;
}

/** @param {Panel} panel @param {{name: string, detail: string, said: import("./types").Said | null}[]} fields */
async function wrongFields(panel, fields) {
	await learn(panel);
	return Object.fromEntries(fields.map(({ name, detail, said }) => [name.split(".").at(-1), plainly(panel, detail, said)]));
}
