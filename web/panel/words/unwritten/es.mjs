/** Spanish: what is said of a language that the built-in writer does not write. */

export default {
	unwritten_title: "{language}: hace falta otro autor",
	unwritten_words: "El autor integrado escribe {languages}. Para una película en {language}, elige quién la escribe o trae un guion.",
	unwritten_ollama: "La escribe Ollama",
	unwritten_gemini: "La escribe Gemini, por un centavo más o menos",
	unwritten_english: "Hacerla en {language}",
	unwritten_script: "Traer un guion",
	unwritten_own: "Preparar Ollama",
	unwritten_key: "Introducir una clave de Gemini",
};
