/** French: what the settings of an open film say, loaded with them. */

export default {
	look_written: "Comme il est écrit",
	model_usual: "Celui d’usage",
	pace_of_voice: "Rythme de la voix : {pace}",
	presenter: "Présentateur",
	presenter_place: "Façon de le montrer",
	place_corner_circle: "Cercle dans un coin",
	place_side_panel: "Panneau sur le côté",
	place_full_frame: "Plein cadre",
	presenter_corner: "Coin",
	corner_bottom_right: "En bas à droite",
	corner_bottom_left: "En bas à gauche",
	corner_top_right: "En haut à droite",
	corner_top_left: "En haut à gauche",
	again_words:
		"{n} scène a été achetée telle quelle. La tourner de nouveau : {price}.|{n} scènes ont été achetées telles quelles. Les tourner de nouveau : {price}.",
	keep_takes: "Garder ces prises",
	shoot_later: "Les laisser",
	backup_voice: "Voix de secours",
	voice_of: "Voix de {name}",
	film_options_words: "Ce qui est changé ici peut être annulé. Les scènes déjà faites restent telles quelles.",
	another_language_words: "Il est réécrit et devient un film à part.",
	revoice: "Les mêmes prises, traduit",
	write_anew: "Réécrit",
	revoice_words: "Un modèle de langue traduit le scénario ; chaque prise est reprise telle quelle et rien n'est racheté.",
	translator: "Traduit par",
};
