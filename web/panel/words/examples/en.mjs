/** English: ideas to begin with, also of a film in another language than the panel's. */

export default {
	idea_hint: "A lighthouse keeper who keeps the light burning for a ship that never comes",
	idea_1: "A lighthouse keeper has kept the light burning for forty years, for a ship that never came home.",
	idea_2: "Why the sky is blue, told to a child at the seaside.",
};
