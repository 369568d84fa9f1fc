/** New film: how the chosen voice sounds. */

/** @typedef {import("./panel.mjs").Panel} Panel */

/** @param {Panel} panel */
export function hear(panel) {
	const { language, voice } = panel.state.form;
	const playing = /** @type {HTMLAudioElement | undefined} */ (panel.ui("sample"));
	playing?.pause();
	if (playing && !playing.ended && panel.ui("hearing")) return panel.keep("hearing", false);
	const sample = new Audio(panel.api.url(`/onereel/v1/voices/sample?${new URLSearchParams({ language, voice })}`));
	const over = () => panel.keep("hearing", false);
	sample.onended = over;
	const silent = () => panel.notify(panel.t("voice_silent"), { bad: true });
	sample.onerror = () => (over(), void panel.use(() => panel.also("views"), silent));
	panel.set({ ui: { ...panel.state.ui, sample, hearing: true } });
	void sample.play().catch(() => undefined);
}
