/** English: what the screens about continuity say, loaded with them. */

export default {
	bible_words:
		"Each is told to the model in these words in every scene that uses it, and a scene uses its own place. With another description only those scenes are shot again.",
	bible_kind: "Kind",
	bible_place: "Place",
	bible_wardrobe: "Wardrobe",
	bible_prop: "Prop",
	bible_light: "Light",
	bible_name: "Name",
	bible_description: "What it looks like",
	bible_wearer: "Who wears it",
	bible_add: "Add",
	bible_remove: "Remove {name}",
	bible_edit: "Describe what stays the same",
	uses_of: "Scene {number}: what stays the same",
	continues_here: "Begins where scene {number} ends",
	continues_words: "The model is sent that scene's last frame, and shoots after it. The frame is kept until you accept another.",
	frames_title: "First frame of scene {number}",
	frames_told: "Scene {number} begins where an earlier take of scene {before} ended, and keeps that frame.",
	frames_pinned: "Begins so",
	frames_now: "The scene before ends so",
	frames_words:
		"To begin there, {n} scene is shot again: {scenes}. Nothing is bought before you shoot.|To begin there, {n} scenes are shot again: {scenes}. Nothing is bought before you shoot.",
	frames_accept: "Accept: at most {price}",
};
