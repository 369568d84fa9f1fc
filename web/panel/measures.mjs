/** Lengths, sizes and days as people read them, where New film says none. */

/**
 * Seconds of one scene, to the tenth where it matters: "6 s", "6.4 s".
 *
 * @param {number} seconds
 * @param {string} locale
 */
export function length(seconds, locale) {
	// Japanese has no narrow word of its own.
	const unitDisplay = locale.startsWith("ja") ? "short" : "narrow";
	return new Intl.NumberFormat(locale, { style: "unit", unit: "second", unitDisplay, maximumFractionDigits: 1 }).format(seconds);
}

/** @param {number} bytes @param {string} locale */
export function size(bytes, locale) {
	const units = /** @type {const} */ (["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"]);
	const step = bytes > 0 ? Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3)) : 0;
	return new Intl.NumberFormat(locale, { style: "unit", unit: units[step], maximumFractionDigits: step > 2 ? 1 : 0 }).format(
		bytes / 1000 ** step,
	);
}

/** @param {string} moment ISO 8601. @param {string} locale @param {Intl.DateTimeFormatOptions} more What else to tell. */
export function day(moment, locale, more = {}) {
	const date = new Date(moment);
	const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
	return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year, ...more }).format(date);
}
