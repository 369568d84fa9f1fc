import json
import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pysubs2
import pytest

from onereel.cut.captions import add_captions, srt, vtt, write_sidecars
from onereel.cut.plan import Caption, Captions
from onereel.errors import MatchLists
from onereel.voice.line import Line, Word

from .sound_media import clip, line, new_cut

TEXTS = json.loads(Path(__file__).with_name("caption_texts.json").read_text("utf-8"))
FRAME = Fraction(1, 24)


def spoken(text, *, scene=0, language="en", per_second=14, timed=True) -> Line:
    words = tuple(
        Word(text=m[0], start=Fraction(m.start(), per_second), end=Fraction(m.end(), per_second))
        for m in re.finditer(r"[\w'-]+", text)
    )
    return Line(
        scene_id=f"s{scene}",
        text=text,
        language=language,
        engine="test",
        voice="test",
        audio=f"lines/{scene}.flac",
        rate=24_000,
        samples=24_000 * len(text) // per_second + 2_400,
        words=words if timed else (),
    )


def captioned(*lines: Line, size=(1280, 720), pause=Fraction(1), **more):
    at = Fraction(0)
    clips, places = [], []
    for number, one in enumerate(lines):
        length = -(-(one.duration + pause) // FRAME) * FRAME
        clips.append(clip(number, at, length, "takes/a.mp4"))
        places.append(line(number, at + 6 * FRAME, one.duration, one.audio))
        at += length
    cut = new_cut(clips, places).replace(width=size[0], height=size[1])
    return add_captions(cut, lines, **more)


def rows(cut):
    return [row for item in cut.captions.items for row in item.text.split("\n")]


def words_of(cut):
    return " ".join(item.text.replace("\n", " ") for item in cut.captions.items).split()


@pytest.mark.parametrize("language", ["en", "de"])
def test_captions_say_the_spoken_words_when_they_are_spoken(language):
    text = TEXTS[language]
    one = spoken(text, language=language)
    cut = captioned(one)
    assert words_of(cut) == text.split()
    assert cut.captions.language == language
    word = iter(one.words)
    for item in cut.captions.items:
        count = len(re.findall(r"[\w'-]+", item.text))
        first, *_, last = [next(word) for _ in range(count)] * 2
        assert 0 <= cut.lines[0].start + first.start - item.start < FRAME
        assert item.end >= cut.lines[0].start + last.end - 3 * FRAME


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (720, 720)])
@pytest.mark.parametrize("language", ["en", "de", "ar", "ja"])
def test_rows_are_few_and_short_in_every_script_and_shape(language, size):
    longest = (
        {
            (1280, 720): 42,
            (720, 1280): 26,
            (720, 720): 34,
        }[size]
        if language != "ja"
        else {(1280, 720): 18, (720, 1280): 13, (720, 720): 16}[size]
    )
    cut = captioned(spoken(TEXTS[language], language=language), size=size)
    assert all(item.text.count("\n") <= 1 for item in cut.captions.items)
    assert max(len(row) for row in rows(cut)) <= longest
    joint = "" if language == "ja" else " "
    assert joint.join(rows(cut)) == TEXTS[language]


def test_times_stand_on_frames_with_gaps_and_room_to_read():
    cut = captioned(*(spoken(TEXTS["en"], scene=number) for number in range(3)))
    items = cut.captions.items
    for item in items:
        assert (item.start / FRAME).denominator == (item.end / FRAME).denominator == 1
        assert item.end - item.start >= 1
        assert len(item.text) / (item.end - item.start) <= 20
    assert all(b.start - a.end >= 2 * FRAME for a, b in pairwise(items))
    assert items[-1].end <= cut.duration


def test_captions_end_where_sentences_and_clauses_do():
    cut = captioned(spoken(TEXTS["en"]))
    assert [item.text.replace("\n", " ")[-1] for item in cut.captions.items] == list(",...")
    assert not any(re.search(r"\b(the|a|of)$", row) for row in rows(cut))


def test_japanese_breaks_at_phrases_and_never_before_a_mark():
    cut = captioned(spoken(TEXTS["ja"], language="ja", per_second=7))
    first = {item.text[0] for item in cut.captions.items} | {row[0] for row in rows(cut)}
    assert not first & set(TEXTS["never first"])


def test_a_line_without_word_times_is_shared_out_evenly():
    one = spoken(TEXTS["en"], timed=False)
    cut = captioned(one)
    assert words_of(cut) == TEXTS["en"].split()
    assert cut.captions.items[0].start == cut.lines[0].start
    assert cut.captions.items[-1].end >= cut.lines[0].start + one.duration


def test_very_fast_words_are_neither_lost_nor_shown_over_each_other():
    text = "Go! " * 40
    cut = captioned(spoken(text.strip(), per_second=400), pause=Fraction(1, 2))
    assert words_of(cut) == text.split()
    items = cut.captions.items
    assert all(a.end <= b.start for a, b in pairwise(items))


def test_a_word_longer_than_a_row_is_parted():
    word = "Donaudampfschifffahrtsgesellschaftskapitaen" * 2
    cut = captioned(spoken(f"Die {word} lachte."))
    assert max(map(len, rows(cut))) <= 42
    assert "".join(rows(cut)).replace(" ", "") == f"Die{word}lachte."


def test_files_hold_the_captions_to_the_millisecond(tmp_path):
    cut = captioned(*(spoken(TEXTS[key], scene=n) for n, key in enumerate(("en", "ar"))))
    paths = write_sidecars(cut, tmp_path / "reel.mp4")
    assert [path.name for path in paths] == ["reel.srt", "reel.vtt"]
    for path in paths:
        read = list(pysubs2.load(str(path), encoding="utf-8"))
        assert [event.plaintext for event in read] == [item.text for item in cut.captions.items]
        assert [(event.start, event.end) for event in read] == [
            (round(item.start * 1000), round(item.end * 1000)) for item in cut.captions.items
        ]
    assert paths[1].read_text("utf-8").startswith("WEBVTT\n\n")


def test_text_that_looks_like_markup_stays_text_and_files_stay_valid():
    nasty = "00:00:01,000 --> 00:00:02,000\n\n<b>bold</b> {\\an8}up & <i>down</i>\r\n\r\n2"
    cut = new_cut([clip(0, 0, 5, "takes/a.mp4")]).replace(
        captions=Captions(
            items=(Caption(text=nasty, start=1, end=2), Caption(text="After", start=3, end=4))
        )
    )
    text = srt(cut)
    assert text.count("-->") == 2
    assert not re.search(r"<[a-z/]|\{\\", text)
    blocks = text.strip().split("\n\n")
    assert [block.split("\n")[0] for block in blocks] == ["1", "2"]
    events = pysubs2.SSAFile.from_string(text, format_="srt")
    visible = events[0].text.replace("\u2060", "").replace("\\N", "\n")
    assert visible == "00:00:01,000 --> 00:00:02,000\n<b>bold</b> {\\an8}up & <i>down</i>\n2"
    web = vtt(cut)
    assert web.count("-->") == 2
    assert "&lt;b&gt;bold&lt;/b&gt; {\\an8}up &amp; &lt;i&gt;" in web
    assert len(web.strip().split("\n\n")) == 3


def test_a_spoken_arrow_stays_in_the_caption_as_written():
    cut = captioned(spoken("Turn a --> b, then <b>stop</b>."))
    assert words_of(cut) == ["Turn", "a", "-->", "b,", "then", "<b>stop</b>."]


def test_off_takes_them_away_and_no_captions_make_no_files(tmp_path):
    cut = captioned(spoken("One two three."), mode="burned")
    assert cut.captions.mode == "burned"
    bare = add_captions(cut, (), mode="off")
    assert bare.captions is None
    assert write_sidecars(bare, tmp_path / "reel.mp4") is None
    assert list(tmp_path.iterdir()) == []


def test_a_silent_film_has_no_captions():
    cut = add_captions(new_cut([clip(0, 0, 5, "takes/a.mp4")]), ())
    assert cut.captions.items == ()


def test_a_line_that_is_missing_is_named():
    cut = captioned(spoken("One two three.", scene=0))
    with pytest.raises(MatchLists, match="'s0'"):
        add_captions(cut, [spoken("Another.", scene=7)])
