/** German: ideas to begin with, also of a film in another language than the panel's. */

export default {
	idea_hint: "Ein Leuchtturmwärter, der das Licht für ein Schiff brennen lässt, das nie kommt",
	idea_1: "Ein Leuchtturmwärter lässt seit vierzig Jahren das Licht brennen, für ein Schiff, das nie heimkam.",
	idea_2: "Warum der Himmel blau ist, einem Kind am Meer erzählt.",
};
