/** French: what is said of a language that the built-in writer does not write. */

export default {
	unwritten_title: "{language} : il faut un autre auteur",
	unwritten_words:
		"L’auteur intégré écrit : {languages}. Pour un film dans cette langue ({language}), choisissez qui l’écrit, ou apportez un scénario.",
	unwritten_ollama: "Ollama l’écrit",
	unwritten_gemini: "Gemini l’écrit, pour un centime environ",
	unwritten_english: "Le faire dans cette langue : {language}",
	unwritten_script: "Apporter un scénario",
	unwritten_own: "Installer Ollama",
	unwritten_key: "Saisir une clé Gemini",
};
