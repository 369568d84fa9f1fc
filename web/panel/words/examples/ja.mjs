/** Japanese: ideas to begin with, also of a film in another language than the panel's. */

export default {
	idea_hint: "決して来ない船のために灯をともし続ける灯台守",
	idea_1: "ある灯台守は、帰らなかった船のために四十年間、灯をともし続けてきた。",
	idea_2: "空はなぜ青いのか、海辺で子どもに話して聞かせる。",
};
