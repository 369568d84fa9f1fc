"""The built-in writer: a film of 75 scenes against one of 6, each scene 8 s.

python -m benchmarks.writer [ROUNDS]

Per template and language: ms of the processor for the short film and for the long one, the fastest
of the rounds, and how many times as long the long one takes. Growing linearly would be 75 / 6 =
12.5.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from fractions import Fraction

from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.templates.template import BUILT_IN

_FEW, _MANY = 6, 75
_SCENE = 8
"""Seconds."""
_IDEAS = {
    "en": "A lighthouse keeper builds a rocket out of junk",
    "de": "Ein Leuchtturmw\u00e4rter baut eine Rakete aus Schrott",
    "es": "Un farero construye un cohete con chatarra",
    "fr": "Un gardien de phare construit une fus\u00e9e avec de la ferraille",
}


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(f"| template | {' | '.join(_IDEAS)} |")
    print(f"|---|{'---|' * len(_IDEAS)}")
    few, many = Counter[str](), Counter[str]()
    steepest = 0.0
    for template in BUILT_IN:
        cells = []
        for language in _IDEAS:
            short = _seconds(language, template, _FEW, rounds)
            long = _seconds(language, template, _MANY, rounds)
            few[language] += short
            many[language] += long
            steepest = max(steepest, long / short)
            cells.append(f"{short * 1000:.0f}, {long * 1000:.0f}, **{long / short:.1f}**")
        print(f"| {template} | {' | '.join(cells)} |", flush=True)
    cells = [
        f"{few[language] / len(BUILT_IN) * 1000:.0f}, {many[language] / len(BUILT_IN) * 1000:.0f},"
        f" **{many[language] / few[language]:.1f}**"
        for language in _IDEAS
    ]
    print(f"| all, on average | {' | '.join(cells)} |")
    print(f"\nThe steepest: {steepest:.1f}. Linear: {_MANY / _FEW}.")


def _seconds(language: str, template: str, scenes: int, rounds: int) -> float:
    brief = Brief(
        idea=_IDEAS[language],
        template=template,
        language=language,
        duration=Fraction(scenes * _SCENE),
        scene_count=scenes,
    )
    times = []
    for seed in range(rounds):
        start = time.process_time()
        write_builtin(brief, seed=seed)
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
