/** The look of what every view shares, in ComfyUI's own colours and type. Views bring their own rules along. */

const TOKENS = `
:host {
  display: block; height: 100%; min-height: 0; color-scheme: var(--or-scheme, dark);
  --bg: var(--or-bg, var(--comfy-menu-bg, #171718));
  --ink: var(--base-foreground, var(--fg-color, #fff));
  --dim: color-mix(in srgb, var(--muted-foreground, var(--descrip-text, #8a8a8a)) 68%, var(--ink));
  --face: var(--secondary-background, #262729);
  --face-hover: color-mix(in srgb, var(--face) 88%, var(--ink));
  --line: color-mix(in srgb, var(--border-default, #494a50) 62%, var(--bg));
  --edge: color-mix(in srgb, var(--ink) 46%, var(--bg));
  --accent: var(--or-accent, #0b76c4); --accent-hover: color-mix(in srgb, var(--accent) 86%, var(--ink));
  --link: var(--or-link, #5fb4f2);
  --good: var(--or-good, #5ecb8a); --warn: var(--or-warn, #f0b24b); --bad: var(--or-bad, #ff8f86); --busy: var(--or-busy, #6db8ff); --sketch: var(--or-sketch, #c4a7f5);
  font: 400 13px/1.45 var(--font-inter, Inter), system-ui, sans-serif; color: var(--ink); background: var(--bg);
  text-align: start; letter-spacing: normal;
}
:host([data-theme="light"]) { --or-scheme: light; --or-good: #14713f; --or-warn: #8a5200; --or-bad: #b3261e; --or-busy: #0b63a5; --or-sketch: #6a3fb5; --or-link: #0b63a5; }
`;

const BASE = `
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 15px; font-weight: 600; line-height: 1.3; }
h2 { font-size: 13px; font-weight: 600; }
h3 { font-size: 12px; font-weight: 600; color: var(--dim); }
a { color: var(--link); }
video, img { display: block; }
:focus, .scroll:focus-visible { outline: none; }
:focus-visible:not(.scroll) { outline: 2px solid var(--link); outline-offset: 1px; }
.panel { height: 100%; display: flex; flex-direction: column; min-height: 0; container: panel / inline-size; position: relative; }
.scroll { flex: 1; min-height: 0; overflow: hidden auto; scrollbar-width: thin; scrollbar-color: var(--line) transparent; padding: 12px; display: flex; flex-direction: column; gap: 12px; }
.scroll > * { flex: none; }
.top { flex: none; height: 48px; padding: 0 8px 0 12px; display: flex; align-items: center; gap: 4px; border-bottom: 1px solid var(--line); }
.top h1 { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.foot { flex: none; padding: 10px 12px 12px; border-top: 1px solid var(--line); display: flex; flex-direction: column; gap: 8px; background: var(--bg); }
.icon { width: 16px; height: 16px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.icon.small { width: 14px; height: 14px; }
.icon.dots { stroke-width: 2.8; }
.button { height: 32px; padding: 0 12px; border: 1px solid transparent; border-radius: 8px; background: var(--face); display: inline-flex; align-items: center; justify-content: center; gap: 6px;
  font-weight: 500; white-space: nowrap; cursor: pointer; transition: background .12s; min-width: 0; text-decoration: none; color: var(--ink); }
.button:hover:not(:disabled, [aria-disabled="true"]) { background: var(--face-hover); }
.button:disabled, .button[aria-disabled="true"] { cursor: default; color: var(--dim); opacity: .75; }
.button.primary { background: var(--accent); color: #fff; }
.button.primary:hover:not(:disabled) { background: var(--accent-hover); }
.button.primary:disabled { background: var(--face); color: var(--dim); opacity: 1; }
.button.outline { background: transparent; border-color: var(--edge); }
.button.quiet { background: transparent; }
.button.quiet:hover:not(:disabled) { background: var(--face); }
.button.square { width: 32px; padding: 0; flex: none; }
.button.little { height: 26px; padding: 0 8px; border-radius: 6px; font-size: 12px; }
.button.little.square { width: 26px; padding: 0; }
.button > span { overflow: hidden; text-overflow: ellipsis; }
.row { display: flex; align-items: center; gap: 8px; min-width: 0; }
.row > .button, .row > .anchor { flex: none; }
.row.wrap { flex-wrap: wrap; }
.row.tight { gap: 4px; }
.between { justify-content: space-between; }
.stack { display: flex; flex-direction: column; gap: 8px; min-width: 0; }
.dim { color: var(--dim); }
.small { font-size: 12px; }
.num { font-variant-numeric: tabular-nums; }
.clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.push { margin-inline-start: auto; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.field { display: flex; flex-direction: column; gap: 4px; min-width: 0; }
.field > label, .label { font-size: 12px; color: var(--dim); }
.field .wrong { color: var(--bad); font-size: 12px; }
input { accent-color: var(--link); } .field > input[type="range"] { height: 32px; margin: 0; width: 100%; min-width: 0; }
.input, .select, .area { width: 100%; min-width: 0; height: 32px; padding: 0 10px; border: 1px solid transparent; border-radius: 8px; background: var(--face); }
.input { text-overflow: ellipsis; } .input::placeholder, .area::placeholder { color: var(--dim); opacity: 1; }
.select { appearance: none; padding-inline-end: 26px; text-overflow: ellipsis; cursor: pointer;
  background: var(--face) no-repeat right 8px center / 14px url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%23888' stroke-width='2.2' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='m6 9.5 6 6 6-6'/%3E%3C/svg%3E"); }
.select:hover, .input:hover, .area:hover { background-color: var(--face-hover); }
.select option { background: var(--bg); color: var(--ink); }
.area { height: auto; padding: 8px 10px; resize: none; display: block; field-sizing: content; min-height: 52px; max-height: 40vh; line-height: 1.45; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 10px 8px; align-items: end; }
@container panel (min-width: 520px) { .pair { grid-template-columns: repeat(3, 1fr); } }
.card { background: color-mix(in srgb, var(--face) 55%, var(--bg)); border: 1px solid var(--line); border-radius: 10px; padding: 10px 12px; }
.trouble { display: flex; flex-direction: column; align-items: flex-start; gap: 8px; padding: 10px 12px; border-radius: 10px; border: 1px solid color-mix(in srgb, var(--bad) 45%, var(--bg)); background: color-mix(in srgb, var(--bad) 8%, var(--bg)); overflow-wrap: anywhere; }
.trouble.mild { border-color: color-mix(in srgb, var(--warn) 45%, var(--bg)); background: color-mix(in srgb, var(--warn) 8%, var(--bg)); }
code { font: 0.93em/1.4 var(--font-mono, ui-monospace), monospace; overflow-wrap: anywhere; }
.told [lang] { display: block; margin-top: 2px; }
.trouble > p { display: flex; gap: 8px; } .trouble > p .icon { color: var(--bad); margin-top: 1px; } .trouble.mild > p .icon { color: var(--warn); }
.bone { background: var(--face); border-radius: 6px; animation: breathe 1.4s ease-in-out infinite alternate; }
@keyframes breathe { from { opacity: .9; } to { opacity: .45; } }
.anchor { position: relative; display: inline-flex; }
.tabs { display: flex; gap: 2px; flex: 1; min-width: 0; }
.tabs .button { background: transparent; color: var(--dim); padding: 0 10px; }
.tabs .button:hover { background: var(--face); }
.tabs .button[aria-selected="true"] { color: var(--ink); background: var(--face); }
.notices { order: 1; flex: none; padding: 8px; display: flex; flex-direction: column; gap: 6px; } .foot { order: 2; }
.notice { display: flex; align-items: center; gap: 8px; padding: 8px 8px 8px 12px; border-radius: 10px; border: 1px solid var(--line); overflow-wrap: anywhere; }
.notice.wrong { border-color: color-mix(in srgb, var(--bad) 55%, var(--bg)); } .notice > span { flex: 1; min-width: 0; }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .button, .input, .select, .area, .card { border: 1px solid; } }
`;

/** @type {WeakMap<ShadowRoot, Set<string>>} */
const given = new WeakMap();

/**
 * Give a view's rules to the panel, once.
 *
 * @param {ShadowRoot} root
 * @param {string} rules
 */
export function style(root, rules) {
	const known = given.get(root) ?? new Set();
	given.set(root, known);
	if (known.has(rules)) return;
	known.add(rules);
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(rules);
	root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** @param {ShadowRoot} root */
export function styleBase(root) {
	style(root, TOKENS + BASE);
}
