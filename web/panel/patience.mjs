/** How long the panel waits for a server that may not answer. */

const SERVER_MS = 1500;

/**
 * What is asked, or the end of the patience: who waits for a server that does not answer waits for what needs none, too.
 *
 * @param {Promise<unknown>} asked
 */
export function soon(asked) {
	return Promise.race([asked, new Promise((then) => setTimeout(then, SERVER_MS))]);
}
