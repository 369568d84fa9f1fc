/** Rules that New film does without: given to the panel with its first other view. */

export const MORE = `
.top.deep { padding-left: 6px; }
.chip { display: inline-flex; align-items: center; gap: 4px; font-size: 12px; font-weight: 500; white-space: nowrap; min-width: 0; }
.chip .icon { width: 14px; height: 14px; }
.is-planned { color: var(--dim); } .is-waiting, .is-shooting, .is-working { color: var(--busy); } .is-draft { color: var(--sketch); } .is-ready { color: var(--ink); }
.is-approved, .is-done { color: var(--good); } .is-refused, .is-lost, .is-stopped { color: var(--warn); } .is-failed { color: var(--bad); }
.bar { height: 4px; border-radius: 2px; background: var(--face); overflow: hidden; }
.bar > i { display: block; height: 100%; border-radius: 2px; background: var(--busy); transform-origin: left; transition: transform .3s linear; }
.bar.unknown > i { width: 30%; animation: sweep 1.6s ease-in-out infinite; }
@keyframes sweep { 0% { transform: translateX(-100%); } 100% { transform: translateX(340%); } }
.button[aria-pressed="true"] { background: color-mix(in srgb, var(--accent) 24%, var(--face)); }
.button.bad { color: var(--bad); }
.empty { text-align: center; padding: 36px 16px; display: flex; flex-direction: column; align-items: center; gap: 12px; color: var(--dim); }
`;
