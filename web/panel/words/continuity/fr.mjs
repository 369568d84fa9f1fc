/** Français : ce que disent les écrans de continuité, chargé avec eux. */

export default {
	bible_words:
		"Chacun est dit au modèle avec ces mots dans chaque scène qui l'utilise ; une scène utilise toujours son propre lieu. Avec une autre description, seules ces scènes sont retournées.",
	bible_kind: "Genre",
	bible_place: "Lieu",
	bible_wardrobe: "Costume",
	bible_prop: "Accessoire",
	bible_light: "Lumière",
	bible_name: "Nom",
	bible_description: "À quoi il ressemble",
	bible_wearer: "Qui le porte",
	bible_add: "Ajouter",
	bible_remove: "Retirer {name}",
	bible_edit: "Décrire ce qui reste pareil",
	uses_of: "Scène {number} : ce qui reste pareil",
	continues_here: "Commence où la scène {number} finit",
	continues_words:
		"Le modèle reçoit la dernière image de cette scène et tourne après elle. L'image est gardée jusqu'à ce que vous en acceptiez une autre.",
	frames_title: "Première image de la scène {number}",
	frames_told: "La scène {number} commence où une prise précédente de la scène {before} finissait, et garde cette image.",
	frames_pinned: "Commence ainsi",
	frames_now: "La scène d'avant finit ainsi",
	frames_words:
		"Pour commencer là, {n} scène est retournée : {scenes}. Rien n'est acheté avant le tournage.|Pour commencer là, {n} scènes sont retournées : {scenes}. Rien n'est acheté avant le tournage.",
	frames_accept: "Accepter : {price} au plus",
};
