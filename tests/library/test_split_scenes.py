from __future__ import annotations

import random
from fractions import Fraction

import pytest

from onereel.story.brief import Aspect, Brief
from onereel.story.platforms import Resolution, picture_size
from onereel.story.screenplay import Scene, Screenplay, StyleBible
from onereel.story.sentences import halves, sentences
from onereel.story.split import FrameRule, next_scene, split_scenes
from onereel.story.timing import fit_durations, share_out


def screenplay(aspect: Aspect = "16:9") -> Screenplay:
    return Screenplay(
        title="Tide",
        brief=Brief(idea="The tide", duration=Fraction(12), aspect=aspect),
        style=StyleBible(look="ink wash", light="grey morning"),
        scenes=(
            Scene(id="a", narration="Out.", prompt="Wet sand.", duration=Fraction(41, 10)),
            Scene(
                id="b",
                prompt="Waves, Ink wash, grey morning",
                negative_prompt="people",
                duration=Fraction(4),
            ),
            Scene(id="c", narration="In again.", duration=Fraction(39, 10)),
        ),
    )


def test_shots_carry_what_a_renderer_needs() -> None:
    first, second, third = split_scenes(screenplay())
    assert (first.scene.id, first.narration, first.duration) == ("a", "Out.", 4.1)
    assert (first.width, first.height, first.fps) == (1280, 720, 24.0)
    assert first.prompt == "Wet sand. ink wash, grey morning"
    assert second.prompt == "Waves, Ink wash, grey morning"
    assert second.negative_prompt == "people"
    assert third.prompt == "In again. ink wash, grey morning"


@pytest.mark.parametrize(
    ("rule", "fps", "frames"),
    [
        ("any", Fraction(24), (99, 96, 94)),
        ("4n+1", Fraction(24), (101, 97, 97)),
        ("8n+1", Fraction(24), (105, 97, 97)),
        ("4n+1", Fraction(16), (69, 65, 65)),
        ("any", Fraction(30000, 1001), (123, 120, 117)),
    ],
)
def test_frames_follow_the_rule_and_cover_the_scene(
    rule: FrameRule, fps: Fraction, frames: tuple[int, ...]
) -> None:
    shots = split_scenes(screenplay(), frame_rule=rule, fps=fps)
    assert tuple(shot.frames for shot in shots) == frames
    assert all(shot.frames / fps >= shot.scene.duration for shot in shots)


def test_seeds_differ_by_scene_and_survive_reordering() -> None:
    film = screenplay()
    seeds = {shot.scene.id: shot.seed for shot in split_scenes(film, seed=5)}
    assert len(set(seeds.values())) == 3
    assert all(0 <= seed < 2**32 for seed in seeds.values())
    turned = film.replace(scenes=film.scenes[:0:-1])
    assert {shot.scene.id: shot.seed for shot in split_scenes(turned, seed=5)} == {
        name: seeds[name] for name in ("b", "c")
    }
    assert all(shot.seed != seeds[shot.scene.id] for shot in split_scenes(film, seed=6))


@pytest.mark.parametrize(
    ("aspect", "resolution", "size"),
    [
        ("16:9", "720p", (1280, 720)),
        ("9:16", "720p", (720, 1280)),
        ("1:1", "720p", (720, 720)),
        ("16:9", "1080p", (1920, 1080)),
        ("9:16", "1080p", (1080, 1920)),
        ("1:1", "1080p", (1080, 1080)),
        ("16:9", "480p", (848, 480)),
        ("9:16", "480p", (480, 848)),
        ("1:1", "480p", (480, 480)),
    ],
)
def test_picture_sizes(aspect: Aspect, resolution: Resolution, size: tuple[int, int]) -> None:
    assert picture_size(aspect, resolution) == size
    shots = split_scenes(screenplay(aspect), resolution=resolution)
    assert {(shot.width, shot.height) for shot in shots} == {size}


def test_next_scene_is_the_first_without_a_take() -> None:
    film = screenplay()
    taken: set[str] = set()
    for expected in ("a", "b", "c"):
        scene = next_scene(film, taken)
        assert scene is not None
        assert scene.id == expected
        taken.add(scene.id)
    assert next_scene(film, taken) is None
    assert next_scene(film, {"a", "c"}) == film.scenes[1]


def test_durations_sum_exactly_within_their_bounds() -> None:
    chance = random.Random(4)
    for _ in range(300):
        count = chance.randint(1, 40)
        longest = chance.choice([Fraction(8), Fraction(5), Fraction(161, 20), Fraction(60)])
        total = count * (1 + (longest - 1) * Fraction(chance.randint(0, 7), 7))
        wanted = [Fraction(chance.choice([0, 1, 40, 500]), 7) for _ in range(count)]
        fitted = fit_durations(wanted, total, longest=longest)
        assert sum(fitted) == total
        assert all(1 <= length <= longest for length in fitted)


def test_shares_are_proportional_within_their_bounds_and_sum_to_the_total() -> None:
    assert share_out(10, [1, 1, 1], [0] * 3, [9] * 3) == (4, 3, 3)
    assert share_out(10, [1, 2, 7], [2, 0, 0], [9, 9, 5]) == (2, 3, 5)
    assert share_out(10, [0, 5], [3, 0], [3, 9]) == (3, 7)
    # Out of reach: as near as the bounds can.
    assert share_out(10, [1, 1], [0, 0], [3, 4]) == (3, 4)
    assert share_out(1, [1, 1], [2, 2], [3, 4]) == (2, 2)


def test_durations_keep_their_proportions() -> None:
    fitted = fit_durations(
        [Fraction(2), Fraction(4), Fraction(3)], Fraction(18), longest=Fraction(9)
    )
    assert fitted == (4, 8, 6)
    with pytest.raises(ValueError, match="cannot fill"):
        fit_durations([Fraction(1)], Fraction(9), longest=Fraction(8))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('Hello there. "Go!" He said so.', ("Hello there.", '"Go!"', "He said so.")),
        ("Dr. Smith left at 3.5 p.m. today... and then?", None),
        (
            "\u6708\u3002\u300c\u6d77\u3002\u300d\u591c\u3002",
            ("\u6708\u3002", "\u300c\u6d77\u3002\u300d", "\u591c\u3002"),
        ),
        (
            "Mr. Ito and J. K. Rowling met. No. 5 was theirs! Was it? No. Never.",
            (
                "Mr. Ito and J. K. Rowling met.",
                "No. 5 was theirs!",
                "Was it?",
                "No.",
                "Never.",
            ),
        ),
        ("\u0647\u0644\u061f \u0646\u0639\u0645.", ("\u0647\u0644\u061f", "\u0646\u0639\u0645.")),
        ("", ()),
    ],
)
def test_sentences(text: str, parts: tuple[str, ...] | None) -> None:
    assert sentences(text) == ((text,) if parts is None else parts)


def test_halves_split_where_a_speaker_would_pause() -> None:
    assert halves("One here. Two there. Three.") == ("One here.", "Two there. Three.")
    assert halves("Down the stairs, and out") == ("Down the stairs,", "and out")
    assert halves("no pause at all") == ("no pause", "at all")
    assert halves("\u6708\u3001\u6d77\u591c\u3001\u661f\u591c\u6d77") == (
        "\u6708\u3001\u6d77\u591c\u3001",
        "\u661f\u591c\u6d77",
    )
    assert halves("\u6708\u6d77\u591c\u661f") == ("\u6708\u6d77", "\u591c\u661f")
    assert halves("a") == ("a", "")
