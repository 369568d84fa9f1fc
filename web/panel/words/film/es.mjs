/** Spanish: what the settings of an open film say, loaded with them. */

export default {
	look_written: "Como está escrito",
	model_usual: "El habitual",
	pace_of_voice: "Ritmo de la voz: {pace}",
	presenter: "Presentador",
	presenter_place: "Cómo se le ve",
	place_corner_circle: "Círculo en una esquina",
	place_side_panel: "Panel lateral",
	place_full_frame: "Cuadro completo",
	presenter_corner: "Esquina",
	corner_bottom_right: "Abajo a la derecha",
	corner_bottom_left: "Abajo a la izquierda",
	corner_top_right: "Arriba a la derecha",
	corner_top_left: "Arriba a la izquierda",
	again_words:
		"{n} escena se compró tal como está. Rodarla otra vez: {price}.|{n} escenas se compraron tal como están. Rodarlas otra vez: {price}.",
	keep_takes: "Conservar estas tomas",
	shoot_later: "Dejarlas",
	backup_voice: "Voz de reserva",
	voice_of: "Voz de {name}",
	film_options_words: "Lo que se cambia aquí se puede deshacer. Las escenas hechas quedan como están.",
	another_language_words: "Se escribe de nuevo y es una película aparte.",
	revoice: "Las mismas tomas, traducida",
	write_anew: "Escrita de nuevo",
	revoice_words: "Un modelo de lenguaje traduce el guion; cada toma se usa como está y no se vuelve a comprar nada.",
	translator: "Traducida por",
};
