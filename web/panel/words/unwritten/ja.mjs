/** Japanese: what is said of a language that the built-in writer does not write. */

export default {
	unwritten_title: "{language}の脚本には別の書き手が必要です",
	unwritten_words: "内蔵の書き手が書けるのは{languages}です。{language}の作品は、書き手を選ぶか、脚本を読み込んでください。",
	unwritten_ollama: "Ollamaに書いてもらう",
	unwritten_gemini: "Geminiに書いてもらう（約1セント）",
	unwritten_english: "{language}で作る",
	unwritten_script: "脚本を読み込む",
	unwritten_own: "Ollamaを準備する",
	unwritten_key: "Geminiのキーを入力する",
};
