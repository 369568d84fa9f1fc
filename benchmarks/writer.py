"""The built-in writer: a film of 75 scenes against one of 6, each scene 8 s.

python -m benchmarks.writer [ROUNDS]

Per template the fastest of the rounds counts, in seconds of the processor. Growing linearly would
be 75 / 6 = 12.5.
"""

from __future__ import annotations

import statistics
import sys
import time
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
    print(f"| language | {_FEW} scenes, ms | {_MANY} scenes, ms | ratio | the steepest template |")
    print("|---|---|---|---|---|")
    for language in _IDEAS:
        few = {name: _seconds(language, name, _FEW, rounds) for name in BUILT_IN}
        many = {name: _seconds(language, name, _MANY, rounds) for name in BUILT_IN}
        ratios = {name: many[name] / few[name] for name in BUILT_IN}
        steepest = max(ratios, key=lambda name: ratios[name])
        ratio = sum(many.values()) / sum(few.values())
        print(
            f"| {language} | {statistics.mean(few.values()) * 1000:.0f}"
            f" | {statistics.mean(many.values()) * 1000:.0f} | {ratio:.1f}"
            f" | {steepest} {ratios[steepest]:.1f} |"
        )
    print(f"\nLinear: {_MANY / _FEW}.")


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
