/** What makes a wish known again. */

/** A name for one wish, so that the same wish sent twice is carried out once. */
export function wishKey() {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
