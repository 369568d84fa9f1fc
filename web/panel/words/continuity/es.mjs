/** Español: lo que dicen las pantallas de continuidad, cargado con ellas. */

export default {
	bible_words:
		"Cada uno se dice al modelo con estas palabras en cada escena que lo usa; una escena siempre usa su propio lugar. Con otra descripción solo se ruedan de nuevo esas escenas.",
	bible_kind: "Tipo",
	bible_place: "Lugar",
	bible_wardrobe: "Vestuario",
	bible_prop: "Utilería",
	bible_light: "Luz",
	bible_name: "Nombre",
	bible_description: "Qué aspecto tiene",
	bible_wearer: "Quién lo lleva",
	bible_add: "Añadir",
	bible_remove: "Quitar {name}",
	bible_edit: "Describir lo que no cambia",
	uses_of: "Escena {number}: lo que no cambia",
	continues_here: "Empieza donde acaba la escena {number}",
	continues_words:
		"El modelo recibe el último fotograma de esa escena y rueda después de ella. El fotograma se guarda hasta que usted acepte otro.",
	frames_title: "Primer fotograma de la escena {number}",
	frames_told: "La escena {number} empieza donde acababa una toma anterior de la escena {before}, y guarda ese fotograma.",
	frames_pinned: "Empieza así",
	frames_now: "La escena anterior acaba así",
	frames_words:
		"Para empezar ahí se rueda de nuevo {n} escena: {scenes}. No se compra nada hasta que ruede.|Para empezar ahí se ruedan de nuevo {n} escenas: {scenes}. No se compra nada hasta que ruede.",
	frames_accept: "Aceptar: {price} como máximo",
};
