/** Chinese: ideas to begin with, also of a film in another language than the panel's. */

export default {
	idea_hint: "一位守塔人，为一艘永远不来的船守着灯光",
	idea_1: "一位守塔人四十年来守着灯光，等一艘再也没有归来的船。",
	idea_2: "天空为什么是蓝的，在海边讲给孩子听。",
};
