/** English: what is said of a language that the built-in writer does not write. */

export default {
	unwritten_title: "{language} needs another writer",
	unwritten_words: "The writer that is built in writes {languages}. For a film in {language}, choose who writes it, or bring a script.",
	unwritten_ollama: "Ollama writes it",
	unwritten_gemini: "Gemini writes it, for about a cent",
	unwritten_english: "Make it in {language}",
	unwritten_script: "Bring a script",
	unwritten_own: "Set up Ollama",
	unwritten_key: "Enter a Gemini key",
};
