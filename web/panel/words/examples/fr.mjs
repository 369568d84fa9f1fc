/** French: ideas to begin with, also of a film in another language than the panel's. */

export default {
	idea_hint: "Un gardien de phare qui entretient la lumière pour un navire qui ne vient jamais",
	idea_1: "Depuis quarante ans, un gardien de phare entretient la lumière pour un navire qui n'est jamais rentré.",
	idea_2: "Pourquoi le ciel est bleu, raconté à un enfant au bord de la mer.",
};
