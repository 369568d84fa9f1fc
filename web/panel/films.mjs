/** The films that are open: fetched when one changed, and shown as the edits of this panel leave them. */

/** @typedef {import("./panel.mjs").Panel} Panel @typedef {import("./types").Film} Film */

/** How many edits of a film wait for their answer. @type {Map<string, number>} */
const waiting = new Map();
/** Films as they were given meanwhile. @type {Map<string, Film>} */
const ahead = new Map();

/** An edit of the film begins: until all are answered it is shown as they leave it. @param {string} film */
export function hold(film) {
	waiting.set(film, (waiting.get(film) ?? 0) + 1);
}

/** An edit has its answer. @param {Panel} panel @param {string} film */
export function release(panel, film) {
	const left = (waiting.get(film) ?? 1) - 1;
	waiting.set(film, left);
	const now = ahead.get(film);
	if (left || !now) return;
	ahead.delete(film);
	show(panel, now);
}

/** The film as it was given last. @param {Panel} panel @param {string} film */
export function newest(panel, film) {
	return ahead.get(film) ?? panel.state.films[film];
}

/** Show a film as the server just gave it. @param {Panel} panel @param {Film} now */
export function take(panel, now) {
	const before = newest(panel, now.id);
	// Answers overtake each other.
	if (before && Date.parse(before.changed) > Date.parse(now.changed)) return;
	if (waiting.get(now.id)) ahead.set(now.id, now);
	else show(panel, now);
}

/** @param {Panel} panel @param {Film} now */
function show(panel, now) {
	const { films, problems, progress } = panel.state;
	const before = films[now.id];
	const { [now.id]: _, ...others } = problems;
	const running = now.job?.state === "running" || now.job?.state === "waiting";
	const { [now.id]: __, ...rest } = progress;
	panel.set({ films: { ...films, [now.id]: keepSame(before, now) }, problems: others, progress: running ? progress : rest });
	if (!before || panel.state.film !== now.id) return;
	void panel.use(
		() => import("./heard.mjs"),
		({ announce }) => announce(panel, before, now),
	);
}

/**
 * The newer film, with each scene that did not change being the very object it was, so that its card is left alone.
 *
 * @param {Film | undefined} before
 * @param {Film} now
 */
function keepSame(before, now) {
	if (!before) return now;
	const known = new Map(before.scenes.map((scene) => [scene.id, scene]));
	const scenes = now.scenes.map((scene) => {
		const old = known.get(scene.id);
		return old && JSON.stringify(old) === JSON.stringify(scene) ? old : scene;
	});
	return { ...now, scenes };
}
