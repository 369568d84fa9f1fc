/** Reorder a list by dragging: the dragged element follows the pointer, the others make room, and one call says where it was dropped. */

const EDGE = 36;
/** Pixels from the end of a scrolling list within which it scrolls on. */
const THRESHOLD = 4;

/**
 * @param {PointerEvent} event The press that begins it.
 * @param {HTMLElement[]} items All of the list, in order.
 * @param {number} from
 * @param {"x" | "y"} axis
 * @param {(to: number) => void} drop
 */
export function drag(event, items, from, axis, drop) {
	if (event.button !== 0) return;
	const item = items[from];
	const scroller = axis === "y" ? item.closest(".scroll") : null;
	const along = (/** @type {PointerEvent} */ at) => (axis === "x" ? at.clientX : at.clientY);
	const boxes = items.map((each) => span(each, axis));
	const started = along(event);
	const scrolled = scroller?.scrollTop ?? 0;
	let to = from;
	let moving = false;
	let last = started;

	const move = (/** @type {PointerEvent} */ now) => {
		last = along(now);
		if (!moving && Math.abs(last - started) < THRESHOLD) return;
		if (!moving) item.classList.add("lifted");
		moving = true;
		now.preventDefault();
		follow();
	};
	const follow = () => {
		const by = last - started + ((scroller?.scrollTop ?? 0) - scrolled);
		const middle = boxes[from].start + boxes[from].size / 2 + by;
		to = boxes.filter((box, index) => index !== from && box.start + box.size / 2 < middle).length;
		shift(items, boxes, from, to, by, axis);
	};
	const timer = scroller && setInterval(() => moving && scrollOn(scroller, last, follow), 16);
	const end = (/** @type {Event} */ now) => {
		if (timer) clearInterval(timer);
		abort.abort();
		item.classList.remove("lifted");
		for (const each of items) each.style.transform = "";
		if (moving) swallowClick(item);
		if (moving && now.type === "pointerup" && to !== from) drop(to);
	};
	const abort = new AbortController();
	const { signal } = abort;
	const target = /** @type {HTMLElement} */ (event.currentTarget);
	target.setPointerCapture(event.pointerId);
	target.addEventListener("pointermove", /** @type {EventListener} */ (move), { signal });
	target.addEventListener("pointerup", end, { signal });
	target.addEventListener("pointercancel", end, { signal });
}

/** @param {HTMLElement} element @param {"x" | "y"} axis */
function span(element, axis) {
	const box = element.getBoundingClientRect();
	return axis === "x" ? { start: box.left, size: box.width } : { start: box.top, size: box.height };
}

/**
 * @param {HTMLElement[]} items
 * @param {{start: number, size: number}[]} boxes
 * @param {number} from
 * @param {number} to
 * @param {number} by
 * @param {"x" | "y"} axis
 */
function shift(items, boxes, from, to, by, axis) {
	const gap = boxes.length > 1 ? boxes[1].start - boxes[0].start - boxes[0].size : 0;
	items.forEach((each, index) => {
		const makesRoom = index > from && index <= to ? -1 : index < from && index >= to ? 1 : 0;
		const offset = index === from ? by : makesRoom * (boxes[from].size + gap);
		each.style.transform = offset ? (axis === "x" ? `translateX(${offset}px)` : `translateY(${offset}px)`) : "";
	});
}

/** @param {Element} scroller @param {number} at @param {() => void} then */
function scrollOn(scroller, at, then) {
	const { top, bottom } = scroller.getBoundingClientRect();
	const step = at < top + EDGE ? -8 : at > bottom - EDGE ? 8 : 0;
	if (!step) return;
	scroller.scrollTop += step;
	then();
}

/** The release of a drag is no click. @param {HTMLElement} item */
function swallowClick(item) {
	const swallow = (/** @type {Event} */ event) => event.stopPropagation();
	item.addEventListener("click", swallow, { capture: true, once: true });
	setTimeout(() => item.removeEventListener("click", swallow, { capture: true }), 0);
}
