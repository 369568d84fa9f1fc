/** Local models: what is missing, how large it is, under which licence; fetched only on a click. */

import { button } from "./controls.mjs";
import { h } from "./dom.mjs";

/** @typedef {import("./panel.mjs").Panel} Panel */

/** @param {Panel} panel */
export function setup(panel) {
  const answer = panel.state.pages["/setup"];
  const parts = /** @type {any[]} */ (answer?.parts ?? answer?.items ?? []);
  if (!parts.length) return null;
  return h(
    "section",
    null,
    h("h2", null, panel.t("local_models")),
    parts.map((part) => item(panel, part)),
  );
}

/** @param {Panel} panel @param {any} part */
function item(panel, part) {
  const { t } = panel;
  const live = panel.ui("setup")?.[part.id] ?? part;
  const busy = live.state === "fetching" || live.state === "running";
  const done = live.state === "done" || live.state === "installed" || part.installed;
  const act = (/** @type {string} */ method) =>
    void panel.attempt(`setup ${part.id}`, async () => {
      await panel.api.call(method, `/setup/${part.id}`, method === "POST" ? { body: {} } : {});
      await panel.sync.page("/setup", { anew: true });
    });
  const facts = [part.size ? panel.size(part.size) : "", part.licence].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "item", key: part.id },
    h(
      "div",
      { class: "row between" },
      h("strong", { class: "clip" }, part.label ?? part.name ?? part.id),
      h("span", { class: "small dim num" }, facts),
    ),
    part.words ? h("p", { class: "small dim" }, part.words) : null,
    busy
      ? h(
          "div",
          { class: "bar", role: "progressbar", "aria-label": part.label, "aria-valuenow": Math.round((live.fraction ?? 0) * 100) },
          h("i", { style: { transform: `scaleX(${live.fraction ?? 0})` } }),
        )
      : null,
    h(
      "div",
      { class: "row" },
      done
        ? h("span", { class: "small dim" }, t("installed"))
        : busy
          ? button(t("stop"), () => act("DELETE"), { kind: "little" })
          : button(t("fetch_model"), () => act("POST"), { kind: "little", icon: "download" }),
    ),
  );
}
