/** Reads ComfyUI's colours: whether they are dark, and a shade of its accent that white letters can be read on. */

const READABLE = 4.6;
/** WCAG asks for 4.5 of small text; rounding takes a little. */

/** @param {string} colour @returns {[number, number, number]} */
function channels(colour) {
	const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	if (!pen) return [23, 23, 24];
	pen.fillStyle = colour;
	pen.fillRect(0, 0, 1, 1);
	const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
	return [red, green, blue];
}

/** @param {[number, number, number]} rgb */
function luminance(rgb) {
	const [red, green, blue] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {[number, number, number]} rgb @returns {[number, number, number]} */
function underWhite(rgb) {
	const darker = /** @type {[number, number, number]} */ (rgb.map((value) => value * 0.96));
	return 1.05 / (luminance(rgb) + 0.05) >= READABLE ? rgb : underWhite(darker);
}

/** @param {HTMLElement} element */
function readTheme(element) {
	const style = getComputedStyle(element);
	const background = style.getPropertyValue("--comfy-menu-bg").trim() || "#171718";
	const accent = style.getPropertyValue("--primary-background").trim() || "#0b8ce9";
	element.dataset.theme = luminance(channels(background)) > 0.4 ? "light" : "dark";
	element.style.setProperty("--or-accent", `rgb(${underWhite(channels(accent)).map(Math.round).join(" ")})`);
}

/**
 * Follow ComfyUI's theme until the returned function is called.
 *
 * @param {HTMLElement} element
 */
export function followTheme(element) {
	readTheme(element);
	const watch = new MutationObserver(() => readTheme(element));
	for (const place of [document.documentElement, document.body]) watch.observe(place, { attributeFilter: ["class", "style"] });
	return () => watch.disconnect();
}
