from fractions import Fraction

import pytest

from onereel.voice.markup import Passage, divided, passages, shown
from onereel.voice.text import words

CAST = ("Anna Miller", "Ben", "The Keeper")


def told(narration: str) -> list[tuple[str, str, float]]:
    return [(each.speaker, each.text, float(each.pause)) for each in passages(narration, CAST)]


@pytest.mark.parametrize(
    "narration",
    [
        "Note: the sum is 2 * 3 * 4, [sic] and **bold**.",
        "He said to Anna: come.",
        "Carl: nobody of the cast.",
        "At 12:30 and Ben:now.",
        "Two lines.\nOne more.",
        "5*3*2 and a*b*c, pause 2",
    ],
)
def test_a_plain_narration_stays_as_it_is(narration: str) -> None:
    assert passages(narration, CAST) == (Passage(narration),)
    assert shown(narration, CAST) == narration


def test_lines_belong_to_the_people_of_the_cast() -> None:
    assert told("It was dark.\nANNA: Who is there?\nBEN (whispering): Me!\nThey wait.") == [
        *(("", "It was dark.", 0), ("Anna Miller", "Who is there?", 0.25)),
        *(("Ben", "Me!", 0.25), ("", "They wait.", 0.25)),
    ]
    assert told("It was dark. Anna Miller: Who? Ben : Me!") == [
        *(("", "It was dark.", 0), ("Anna Miller", "Who?", 0.25), ("Ben", "Me!", 0.25)),
    ]
    assert told("ANNA:\nBEN: Alone.") == [("Ben", "Alone.", 0)]


def test_pauses_and_stress_are_no_words() -> None:
    assert told("[pause] Wait [pause 2s] here. [PAUSE 1,5]") == [
        *(("", "Wait", 0.5), ("", "here.", 2), ("", "", 1.5)),
    ]
    assert told("[pause 1]") == []
    assert told("A [pause 99999] b") == [("", "A", 0), ("", "b", 10)]
    (one,) = passages("I *never ever* said (*that*), you *know*!")
    assert one.text == "I never ever said (that), you know!"
    assert sorted(one.stressed) == [1, 2, 4, 6]


@pytest.mark.parametrize(
    "narration",
    [
        "ANNA: I *never* said that. [pause 0.5]\nBEN: You did.\nThey left, *both of them*.",
        "[pause 1] Hello there, [pause 2] my *old* world. [pause 1.5]",
        "Ben: One two three. Four five six. ANNA: Seven eight.",
        "The Keeper: *Up* we go.",
    ],
)
def test_a_divided_narration_says_the_same(narration: str) -> None:
    whole = passages(narration, CAST)
    text = shown(narration, CAST)
    assert passages(divided(whole, [text])[0], CAST) == whole
    heard = [(each.speaker, word) for each in whole for word in each.words]
    for cut, _ in words(text)[1:]:
        first, second = divided(whole, [text[:cut].strip(), text[cut:].strip()])
        parts = [*passages(first, CAST), *passages(second, CAST)]
        assert [(each.speaker, word) for each in parts for word in each.words] == heard
        assert shown(f"{first}\n{second}", CAST).split() == text.split()
        assert sum(len(each.stressed) for each in parts) == sum(len(one.stressed) for one in whole)


def test_the_pause_between_two_scenes_is_the_cut() -> None:
    first, second = divided(passages("A b. [pause 2] C d."), ["A b.", "C d."])
    assert (first, second) == ("A b.", "C d.")
    assert passages("A [pause 0.25] b")[1].pause == Fraction(1, 4)
