/** German: what the settings of an open film say, loaded with them. */

export default {
	look_written: "Wie es geschrieben ist",
	model_usual: "Das übliche",
	pace_of_voice: "Tempo der Stimme: {pace}",
	presenter: "Moderation",
	presenter_place: "So ist sie zu sehen",
	place_corner_circle: "Kreis in einer Ecke",
	place_side_panel: "Feld an der Seite",
	place_full_frame: "Ganzes Bild",
	presenter_corner: "Ecke",
	corner_bottom_right: "Unten rechts",
	corner_bottom_left: "Unten links",
	corner_top_right: "Oben rechts",
	corner_top_left: "Oben links",
	again_words:
		"{n} Szene ist so gekauft, wie sie ist. Sie noch einmal zu drehen: {price}.|{n} Szenen sind so gekauft, wie sie sind. Sie noch einmal zu drehen: {price}.",
	keep_takes: "Aufnahmen behalten",
	shoot_later: "Nicht mehr verwenden",
	backup_voice: "Ersatzstimme",
	voice_of: "Stimme von {name}",
	film_options_words: "Was hier geändert wird, lässt sich rückgängig machen. Vorhandene Szenen bleiben, wie sie sind.",
	another_language_words: "Er wird neu geschrieben und ist dann ein eigener Film.",
	revoice: "Dieselben Takes, übersetzt",
	write_anew: "Neu geschrieben",
	revoice_words: "Ein Sprachmodell übersetzt das Drehbuch; jeder Take bleibt, wie er ist, und nichts wird noch einmal gekauft.",
	translator: "Übersetzt von",
};
