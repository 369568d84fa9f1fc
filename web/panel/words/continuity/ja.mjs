/** 日本語：つながりの画面の言葉。画面と一緒に読み込まれます。 */

export default {
	bible_words:
		"使うシーンすべてで、この言葉のままモデルに伝えます。シーンは自分の場所を必ず使います。説明を変えると、そのシーンだけを撮り直します。",
	bible_kind: "種類",
	bible_place: "場所",
	bible_wardrobe: "衣装",
	bible_prop: "小道具",
	bible_light: "光",
	bible_name: "名前",
	bible_description: "見た目",
	bible_wearer: "着る人",
	bible_add: "追加",
	bible_remove: "{name} を外す",
	bible_edit: "変わらないものを書く",
	uses_of: "シーン {number}：変わらないもの",
	continues_here: "シーン {number} の終わりから始める",
	continues_words: "そのシーンの最後の画をモデルに送り、そのあとに撮ります。別の画を承認するまで、その画のままです。",
	frames_title: "シーン {number} の最初の画",
	frames_told: "シーン {number} は、シーン {before} の前のテイクの終わりから始まり、その画を保ちます。",
	frames_pinned: "こう始まる",
	frames_now: "前のシーンはこう終わる",
	frames_words: "そこから始めるには {n} シーンを撮り直します：{scenes}。撮影するまで何も買いません。",
	frames_accept: "承認する：最大 {price}",
};
