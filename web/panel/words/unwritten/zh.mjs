/** Chinese: what is said of a language that the built-in writer does not write. */

export default {
	unwritten_title: "{language}剧本需要别的编剧",
	unwritten_words: "内置编剧能写{languages}。要拍{language}影片，请选择由谁来写，或导入剧本。",
	unwritten_ollama: "由 Ollama 来写",
	unwritten_gemini: "由 Gemini 来写（约一美分）",
	unwritten_english: "用{language}制作",
	unwritten_script: "导入剧本",
	unwritten_own: "设置 Ollama",
	unwritten_key: "输入 Gemini 密钥",
};
