import random

import pytest

from onereel.story.sentences import CLAUSE, SENTENCE
from onereel.voice.text import (
    breaks,
    foreign_script,
    speakable,
    spoken,
    words,
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, world!", ["Hello,", "world!"]),
        ("Wait - what?", ["Wait -", "what?"]),
        ("\u2014 So it begins.", ["\u2014 So", "it", "begins."]),
        ("He said \u00ab yes \u00bb.", ["He", "said", "\u00ab yes \u00bb."]),
        ("Rain \U0001f327\ufe0f today", ["Rain \U0001f327\ufe0f", "today"]),
        ("hi\x01there", ["hi\x01", "there"]),
        ("\u6211\u4eec\u5728\u3002", ["\u6211", "\u4eec", "\u5728\u3002"]),
        ("\u6d77\u306f\u9752\u3044\u3002", ["\u6d77\u306f", "\u9752\u3044\u3002"]),
        (
            "\u3042\u304b\u308a\u306f\u3068\u304a\u3044\u3002",
            ["\u3042\u304b\u308a\u306f", "\u3068\u304a\u3044\u3002"],
        ),
        ("...", []),
        ("", []),
    ],
)
def test_words_keep_their_spelling(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_words_cover_any_text_and_match_what_is_spoken() -> None:
    chance = random.Random(7)
    letters = [chr(code) for code in [*range(1, 0x250), *range(0x3040, 0x3100), 0x1F600, 0x6771]]
    for _ in range(300):
        text = "x" + "".join(chance.choice(letters) for _ in range(50))
        assert "".join("".join(cut(text)).split()) == "".join(text.split())
        assert len(spoken(text)) == len(text)
        assert len(words(spoken(text))) == len(words(text))


def test_nothing_speakable_in_dots_dashes_and_emoji() -> None:
    assert not any(speakable(text) for text in ("", " ", "...", "\u2014", "\U0001f600", "\x00"))
    assert all(speakable(text) for text in ("a", "7", "\u6771", "\U0001f600 hi"))


def test_control_characters_never_reach_a_voice() -> None:
    assert spoken("a\x01b\x1bc\u2600d 20\u00b0") == "a b c d 20\u00b0"


def test_sentences_end_where_a_reader_stops() -> None:
    text = "Dr. Smith came, at 3.5 km. J. Doe saw him! (Did she?) yes; e.g. twice. \u201cNo.\u201d"
    strong = dict(zip(cut(text), breaks(text, words(text)), strict=True))
    assert [word for word, rank in strong.items() if rank == SENTENCE] == [
        "km.",
        "him!",
        "twice.",
        "\u201cNo.\u201d",
    ]
    assert [word for word, rank in strong.items() if rank == CLAUSE] == ["came,", "yes;"]


def test_a_foreign_script_is_named() -> None:
    assert foreign_script("\u6771\u4eac\u306f", "ja") == "CJK"
    assert foreign_script("\u6771\u4eac", "cmn") == ""
    assert foreign_script("\u041f\u0440\u0438\u0432\u0435\u0442", "de") == "CYRILLIC"
    assert foreign_script("\u041f\u0440\u0438\u0432\u0435\u0442", "ru") == ""
    assert foreign_script("Hello", "ar") == ""
