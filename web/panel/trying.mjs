/** What may fail: done once at a time, and a failure is told with its way out. */

import { Trouble } from "./api.mjs";
import { learn } from "./said.mjs";
import { sentence, troubleButton } from "./trouble.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

/** What the server answers where a file cannot be used. */
const UNFIT = [400, 413, 415];

/**
 * Do something that may fail, once at a time.
 *
 * @template T
 * @param {Panel} panel
 * @param {string} name What is busy meanwhile.
 * @param {() => Promise<T>} work
 * @param {() => void} [chooseAnother] Where it brings a file in.
 * @returns {Promise<T | undefined>}
 */
export async function attempt(panel, name, work, chooseAnother) {
	if (panel.state.busy[name]) return undefined;
	panel.set({ busy: { ...panel.state.busy, [name]: true } });
	try {
		return await telling(panel, work, () => void attempt(panel, name, work, chooseAnother), chooseAnother);
	} finally {
		panel.set({ busy: { ...panel.state.busy, [name]: false } });
	}
}

/**
 * Do something that may fail; a failure is told with its way out.
 *
 * @template T
 * @param {Panel} panel
 * @param {() => Promise<T>} work
 * @param {() => void} again
 * @param {() => void} [chooseAnother] Where it brings a file in.
 * @returns {Promise<T | undefined>}
 */
export async function telling(panel, work, again, chooseAnother) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		// A server that does not answer gives no words either.
		if (error.problem.status) await Promise.all([learn(panel), panel.also("views")]);
		const unfit = chooseAnother && UNFIT.includes(error.problem.status);
		const action = unfit ? { label: panel.t("choose_another"), run: chooseAnother } : troubleButton(panel, error.problem, again);
		panel.notify(sentence(panel, error.problem), { bad: true, action: action ?? undefined });
		return undefined;
	}
}
