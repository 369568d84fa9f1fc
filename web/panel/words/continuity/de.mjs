/** Deutsch: was die Fenster zur Kontinuität sagen, mit ihnen geladen. */

export default {
	bible_words:
		"Jedes wird dem Modell in jeder Szene, die es verwendet, mit diesen Worten gesagt; ihren eigenen Ort verwendet eine Szene immer. Mit einer anderen Beschreibung werden nur diese Szenen neu gedreht.",
	bible_kind: "Art",
	bible_place: "Ort",
	bible_wardrobe: "Kleidung",
	bible_prop: "Requisite",
	bible_light: "Licht",
	bible_name: "Name",
	bible_description: "Wie es aussieht",
	bible_wearer: "Wer es trägt",
	bible_add: "Hinzufügen",
	bible_remove: "{name} entfernen",
	bible_edit: "Beschreiben, was gleich bleibt",
	uses_of: "Szene {number}: was gleich bleibt",
	continues_here: "Beginnt, wo Szene {number} endet",
	continues_words: "Das Modell bekommt das letzte Bild jener Szene und dreht nach ihr. Das Bild bleibt, bis Sie ein anderes annehmen.",
	frames_title: "Erstes Bild von Szene {number}",
	frames_told: "Szene {number} beginnt, wo eine frühere Aufnahme von Szene {before} endete, und behält dieses Bild.",
	frames_pinned: "Beginnt so",
	frames_now: "Die Szene davor endet so",
	frames_words:
		"Um dort zu beginnen, wird {n} Szene neu gedreht: {scenes}. Gekauft wird erst, wenn Sie drehen.|Um dort zu beginnen, werden {n} Szenen neu gedreht: {scenes}. Gekauft wird erst, wenn Sie drehen.",
	frames_accept: "Annehmen: höchstens {price}",
};
