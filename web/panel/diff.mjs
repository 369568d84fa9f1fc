/** Two texts, word by word, as what goes and what comes. */

import { h } from "./dom.mjs";

/** @typedef {import("./types").Child} Child */

export const DIFF = `del + ins { margin-inline-start: 3px; }
ins { text-decoration: none; background: color-mix(in srgb, var(--good) 24%, var(--bg)); border-radius: 3px; padding: 0 1px; }
del { background: color-mix(in srgb, var(--bad) 22%, var(--bg)); border-radius: 3px; padding: 0 1px; }`;

const TOKENS = /(\s+|[,.;:!?\u3001\u3002])/;

/**
 * @param {string} before
 * @param {string} after
 * @returns {Child}
 */
export function diffOf(before, after) {
	const old = before.split(TOKENS).filter(Boolean);
	const now = after.split(TOKENS).filter(Boolean);
	const common = longest(old, now);
	/** @type {Child[]} */
	const parts = [];
	let from = 0;
	let to = 0;
	for (const [left, right] of [...common, [old.length, now.length]]) {
		if (left > from) parts.push(h("del", null, old.slice(from, left).join("")));
		if (right > to) parts.push(h("ins", null, now.slice(to, right).join("")));
		if (left < old.length) parts.push(old[left]);
		[from, to] = [left + 1, right + 1];
	}
	return parts;
}

/** The longest common subsequence, as pairs of indices. @param {string[]} old @param {string[]} now @returns {[number, number][]} */
function longest(old, now) {
	const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
	for (let row = old.length - 1; row >= 0; row--)
		for (let column = now.length - 1; column >= 0; column--)
			table[row][column] =
				old[row] === now[column] ? table[row + 1][column + 1] + 1 : Math.max(table[row + 1][column], table[row][column + 1]);
	/** @type {[number, number][]} */
	const pairs = [];
	for (let row = 0, column = 0; row < old.length && column < now.length;) {
		if (old[row] === now[column]) pairs.push([row++, column++]);
		else if (table[row + 1][column] >= table[row][column + 1]) row++;
		else column++;
	}
	return pairs;
}

/**
 * The medic's own writing of a diff: "[-old-]{+new+}".
 *
 * @param {string} text
 * @returns {Child}
 */
export function medicDiff(text) {
	return text
		.split(/(\[-.*?-\]|\{\+.*?\+\})/s)
		.map((part) =>
			part.startsWith("[-") ? h("del", null, part.slice(2, -2)) : part.startsWith("{+") ? h("ins", null, part.slice(2, -2)) : part,
		);
}
