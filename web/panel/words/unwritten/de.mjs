/** German: what is said of a language that the built-in writer does not write. */

export default {
	unwritten_title: "{language} braucht einen anderen Autor",
	unwritten_words:
		"Der eingebaute Autor schreibt {languages}. Wähle für einen Film auf {language}, wer ihn schreibt, oder bring ein Drehbuch mit.",
	unwritten_ollama: "Ollama schreibt ihn",
	unwritten_gemini: "Gemini schreibt ihn, für etwa einen Cent",
	unwritten_english: "Auf {language} drehen",
	unwritten_script: "Drehbuch mitbringen",
	unwritten_own: "Ollama einrichten",
	unwritten_key: "Gemini-Schlüssel eingeben",
};
