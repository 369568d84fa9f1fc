/** English: what the settings of an open film say, loaded with them. */

export default {
	look_written: "As it was written",
	model_usual: "The usual one",
	pace_of_voice: "Pace of the voice: {pace}",
	presenter: "Presenter",
	presenter_place: "How the presenter is seen",
	place_corner_circle: "Circle in a corner",
	place_side_panel: "Panel at the side",
	place_full_frame: "Full frame",
	presenter_corner: "Corner",
	corner_bottom_right: "Bottom right",
	corner_bottom_left: "Bottom left",
	corner_top_right: "Top right",
	corner_top_left: "Top left",
	again_words:
		"{n} scene was bought as it is. Shooting it again: {price}.|{n} scenes were bought as they are. Shooting them again: {price}.",
	keep_takes: "Keep these takes",
	shoot_later: "Let them go",
	backup_voice: "Backup voice",
	voice_of: "Voice of {name}",
	film_options_words: "What is changed here can be undone. Scenes that are there stay as they are.",
	another_language_words: "It is written anew and becomes a film of its own.",
	revoice: "The same takes, translated",
	write_anew: "Written anew",
	revoice_words: "The script is translated by a language model; every take is used as it is, and nothing is bought again.",
	translator: "Translated by",
};
