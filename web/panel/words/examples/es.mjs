/** Spanish: ideas to begin with, also of a film in another language than the panel's. */

export default {
	idea_hint: "Un farero que mantiene la luz encendida para un barco que nunca llega",
	idea_1: "Un farero lleva cuarenta años con la luz encendida para un barco que nunca volvió.",
	idea_2: "Por qué el cielo es azul, contado a una niña junto al mar.",
};
