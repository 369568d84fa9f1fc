/**
 * Makes DOM from plain descriptions and keeps it: `draw(parent, tree)` changes only what differs, so that focus, scroll, typed text and playing films
 * survive a redraw.
 *
 * @typedef {import("./types").Child} Child
 * @typedef {import("./types").VNode} VNode
 * @typedef {import("./types").Props} Props
 * @typedef {{node: VNode | string, kids: Kept[], end?: (() => void) | void}} Memory
 * @typedef {(Element | Text) & {oneReel?: Memory, oneReelHandlers?: Record<string, (event: Event) => void>}} Kept
 */

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "selected", "disabled", "open", "muted", "indeterminate"]);
const RESERVED = new Set(["key", "memo", "mounted", "updated"]);

/**
 * Describe an element. `on...` props are listeners, `mounted` runs once the element is there and may give back what to do at its end, `memo` names the
 * values that its children depend on: while they stay the same, functions among the children are not called.
 *
 * @param {string} tag
 * @param {Props | null} [props]
 * @param {...Child} children
 * @returns {VNode}
 */
export function h(tag, props, ...children) {
	return { tag, props: props ?? {}, children };
}

/**
 * Make the children of `parent` be `tree`.
 *
 * @param {Element | ShadowRoot} parent
 * @param {Child} tree
 */
export function draw(parent, tree) {
	const root = /** @type {Element} */ (parent);
	const focused = /** @type {Document | ShadowRoot} */ (parent.getRootNode()).activeElement;
	reconcile(root, memoryOf(root), flatten([tree], []), false);
	// Moving an element in the document takes its focus away.
	if (focused instanceof HTMLElement && focused.isConnected && !focused.matches(":focus")) focused.focus({ preventScroll: true });
}

/** @param {Kept} element @returns {Memory} */
function memoryOf(element) {
	element.oneReel ??= { node: "", kids: [] };
	return element.oneReel;
}

/** @param {Child[]} children @param {(VNode | string)[]} into */
function flatten(children, into) {
	for (const child of children) {
		if (child === null || child === undefined || child === false || child === true || child === "") continue;
		if (Array.isArray(child)) flatten(child, into);
		else if (typeof child === "function") flatten([child()], into);
		else if (typeof child === "number") into.push(String(child));
		else into.push(child);
	}
	return into;
}

/** @param {Element} parent @param {Memory} memory @param {(VNode | string)[]} next @param {boolean} svg */
function reconcile(parent, memory, next, svg) {
	const before = memory.kids;
	/** @type {Map<unknown, Kept>} */
	const keyed = new Map();
	/** @type {Kept[]} */
	const loose = [];
	for (const kid of before) {
		const key = keyOf(kid.oneReel?.node);
		if (key === undefined) loose.push(kid);
		else keyed.set(key, kid);
	}
	const kids = next.map((node) => {
		const key = keyOf(node);
		const found = key === undefined ? takeLoose(loose, node) : keyed.get(key);
		if (found && fits(found.oneReel?.node, node)) {
			if (key !== undefined) keyed.delete(key);
			patch(found, node, svg);
			return found;
		}
		return make(node, svg);
	});
	for (const kid of [...keyed.values(), ...loose]) remove(kid);
	let at = /** @type {ChildNode | null} */ (kids.length ? firstOf(parent, before) : null);
	for (const kid of kids) {
		if (kid === at) at = at.nextSibling;
		else parent.insertBefore(kid, at);
	}
	memory.kids = kids;
	for (const kid of kids) mount(kid);
}

/** @param {Element} parent @param {Kept[]} before */
function firstOf(parent, before) {
	return before.find((kid) => kid.parentNode === parent) ?? null;
}

/** @param {VNode | string | undefined} node */
function keyOf(node) {
	return typeof node === "object" ? node.props.key : undefined;
}

/** @param {Kept[]} loose @param {VNode | string} node */
function takeLoose(loose, node) {
	const index = loose.findIndex((kid) => fits(kid.oneReel?.node, node));
	return index < 0 ? undefined : loose.splice(index, 1)[0];
}

/** @param {VNode | string | undefined} a @param {VNode | string} b */
function fits(a, b) {
	return typeof a === "object" && typeof b === "object" ? a.tag === b.tag : typeof a === "string" && typeof b === "string";
}

/** @param {VNode | string} node @param {boolean} svg @returns {Kept} */
function make(node, svg) {
	if (typeof node === "string") {
		/** @type {Kept} */
		const text = document.createTextNode(node);
		text.oneReel = { node, kids: [] };
		return text;
	}
	const inSvg = svg || node.tag === "svg";
	/** @type {Kept & Element} */
	const element = inSvg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
	element.oneReel = { node: { ...node, props: {} }, kids: [] };
	fill(element, node, {}, inSvg);
	return element;
}

/** @param {Kept} kept @param {VNode | string} node @param {boolean} svg */
function patch(kept, node, svg) {
	const old = /** @type {Memory} */ (kept.oneReel).node;
	if (typeof node === "string" || typeof old === "string") {
		if (node !== old) kept.textContent = /** @type {string} */ (node);
		/** @type {Memory} */ (kept.oneReel).node = node;
		return;
	}
	fill(/** @type {Kept & Element} */ (kept), node, old.props, svg || node.tag === "svg");
}

/** @param {Kept & Element} element @param {VNode} node @param {Props} old @param {boolean} svg */
function fill(element, node, old, svg) {
	const memory = memoryOf(element);
	const { props } = node;
	for (const name of Object.keys(old)) if (!(name in props)) assign(element, name, undefined);
	for (const key of Object.keys(old.style ?? {})) if (!(key in (props.style ?? {}))) setStyle(element, key, undefined);
	for (const [name, value] of Object.entries(props)) {
		if (name !== "value" && (value !== old[name] || PROPERTIES.has(name))) assign(element, name, value);
	}
	memory.node = node;
	if (!alike(props.memo, old.memo)) reconcile(element, memory, flatten(node.children, []), svg && node.tag !== "foreignObject");
	// A menu takes a value only once it has its options; and what somebody types is not taken away by what said the same before.
	if ("value" in props && !(props.value === old.value && element.matches("input:focus, textarea:focus")))
		assign(element, "value", props.value);
	props.updated?.(/** @type {any} */ (element));
}

/** @param {unknown[] | undefined} a @param {unknown[] | undefined} b */
function alike(a, b) {
	return a !== undefined && b !== undefined && a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

/** @param {Kept & Element} element @param {string} name @param {any} value */
function assign(element, name, value) {
	if (RESERVED.has(name)) return;
	if (name.startsWith("on")) listen(element, name.slice(2), value);
	else if (name === "style" && typeof value === "object") for (const [key, entry] of Object.entries(value)) setStyle(element, key, entry);
	else if (PROPERTIES.has(name) && name in element) setProperty(element, name, value);
	else if (value === undefined || value === null || value === false) element.removeAttribute(name);
	else element.setAttribute(name, value === true ? "" : String(value));
}

/** @param {Element} element @param {string} key @param {unknown} value */
function setStyle(element, key, value) {
	const { style } = /** @type {HTMLElement} */ (element);
	if (value === undefined || value === null) style.removeProperty(key);
	else style.setProperty(key, String(value));
}

/** @param {any} element @param {string} name @param {any} value */
function setProperty(element, name, value) {
	const wanted = value ?? (name === "value" ? "" : false);
	if (element[name] !== wanted) element[name] = wanted;
}

/** @param {Kept & Element} element @param {string} type @param {((event: Event) => void) | undefined} handler */
function listen(element, type, handler) {
	element.oneReelHandlers ??= {};
	const known = type in element.oneReelHandlers;
	element.oneReelHandlers[type] = handler ?? (() => {});
	if (!known) element.addEventListener(type, (event) => element.oneReelHandlers?.[type](event));
}

/** @param {Kept} kid */
function mount(kid) {
	const memory = kid.oneReel;
	if (!memory || typeof memory.node === "string" || "end" in memory || !kid.isConnected) return;
	memory.end = memory.node.props.mounted?.(/** @type {any} */ (kid));
	for (const inner of memory.kids) mount(inner);
}

/** @param {Kept} kid */
function remove(kid) {
	forget(kid);
	kid.remove();
}

/** @param {Kept} kid */
function forget(kid) {
	for (const inner of kid.oneReel?.kids ?? []) forget(inner);
	kid.oneReel?.end?.();
}

/**
 * End everything that was drawn into `parent`.
 *
 * @param {Element | ShadowRoot} parent
 */
export function clear(parent) {
	draw(parent, null);
}
