"""Fountain in and out. The examples are those of the specification, https://fountain.io/syntax."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onereel.cast.character import Character
from onereel.errors import ReviseScreenplay
from onereel.story.brief import ASPECTS, Brief
from onereel.story.files import load_screenplay, read_screenplay
from onereel.story.fountain.elements import parse
from onereel.story.fountain.marks import cleaned
from onereel.story.fountain.writing import save_fountain, to_fountain
from onereel.story.screenplay import (
    Recording,
    Scene,
    Screenplay,
    StyleBible,
    Transition,
)
from onereel.story.timing import scene_length
from onereel.values import plain


def kinds(script: str) -> list[tuple[str, str]]:
    return [(element.kind, element.text) for element in parse(script).elements]


def test_scene_headings_by_their_first_word_and_forced():
    script = """EXT. BRICK'S POOL - DAY

Steel, in the middle of a heated phone call:

STEEL
They're coming out of the woodwork!
(pause)
No, everybody we've put away!
(pause)
Point Blank Sniper?

.SNIPER SCOPE POV

From what seems like only INCHES AWAY.  _Steel's face FILLS the *Leupold Mark 4* scope_.
"""
    assert kinds(script) == [
        ("heading", "EXT. BRICK'S POOL - DAY"),
        ("action", "Steel, in the middle of a heated phone call:"),
        ("character", "STEEL"),
        ("dialogue", "They're coming out of the woodwork!"),
        ("parenthetical", "pause"),
        ("dialogue", "No, everybody we've put away!"),
        ("parenthetical", "pause"),
        ("dialogue", "Point Blank Sniper?"),
        ("heading", "SNIPER SCOPE POV"),
        (
            "action",
            "From what seems like only INCHES AWAY."
            "  _Steel's face FILLS the *Leupold Mark 4* scope_.",
        ),
    ]


def test_ellipses_are_no_scene_heading():
    script = """EXT. OLYMPIA CIRCUS - NIGHT

...where the second-rate carnival is parked for the moment in an Alabama field.
"""
    assert [kind for kind, _ in kinds(script)] == ["heading", "action"]


@pytest.mark.parametrize(
    "heading",
    [
        "ext. brick's pool - day",
        "INT HOUSE",
        "EST. LONDON",
        "INT./EXT. CAR - MOVING",
        "INT/EXT CAR",
        "I/E. CAR",
    ],
)
def test_scene_headings_of_any_case(heading: str):
    assert kinds(f"{heading}\n\nA car.") == [("heading", heading), ("action", "A car.")]
    assert kinds(f"!{heading}\n\nA car.")[0] == ("action", heading)


@pytest.mark.parametrize("number", ["1", "1A", "1a", "A1", "I-1-A", "1.", "110A"])
def test_scene_numbers(number: str):
    heading = parse(f"INT. HOUSE - DAY - FLASHBACK (1944) #{number}#").elements[0]
    assert (heading.text, heading.number) == ("INT. HOUSE - DAY - FLASHBACK (1944)", number)


def test_action_keeps_its_lines():
    script = """They drink long and well from the beers.

And then there's a long beat.
Longer than is funny.
Long enough to be depressing.

The men look at each other.
"""
    assert kinds(script)[1] == (
        "action",
        "And then there's a long beat.\nLonger than is funny.\nLong enough to be depressing.",
    )
    assert [kind for kind, _ in kinds(script)] == ["action"] * 3


def test_action_keeps_its_indents():
    script = """He opens the card.  A simple little number inside of which is hand written:

          Scott --

          Jacob Billups
          Palace Hotel, RM 412
\t1:00 pm tomorrow

Scott exasperatedly throws down the card on the table and picks up the phone, hitting speed dial
#1...
"""
    found = kinds(script)
    assert [kind for kind, _ in found[:3]] == ["action"] * 3
    assert found[2][1] == (
        "          Jacob Billups\n          Palace Hotel, RM 412\n    1:00 pm tomorrow"
    )


@pytest.mark.parametrize(
    ("cue", "name"),
    [
        ("STEEL", "STEEL"),
        ("MOM (O. S.)", "MOM (O. S.)"),
        ("HANS (on the radio)", "HANS (on the radio)"),
        ("R2D2", "R2D2"),
        ("@McCLANE", "McCLANE"),
        ("\t\t\tBRICK", "BRICK"),
    ],
)
def test_characters(cue: str, name: str):
    script = f"He waits.\n\n{cue}\nLuke! Come down for supper!"
    assert kinds(script)[1:] == [("character", name), ("dialogue", "Luke! Come down for supper!")]


@pytest.mark.parametrize("line", ["23", "Steel", "\u6708\u304c\u6d77\u306b\u6c88\u3080\u3002"])
def test_no_characters(line: str):
    assert kinds(f"{line}\nThe man's a myth!") == [("action", f"{line}\nThe man's a myth!")]


def test_dialogue_and_parentheticals():
    assert kinds("SANBORN\nA good 'ole boy. Seems solid.")[1:] == [
        ("dialogue", "A good 'ole boy. Seems solid.")
    ]
    assert kinds("DAN\nThen let's retire them.\n_Permanently_.")[1:] == [
        ("dialogue", "Then let's retire them.\n_Permanently_.")
    ]
    assert kinds("STEEL\n(starting the engine)\nSo much for retirement!")[1:] == [
        ("parenthetical", "starting the engine"),
        ("dialogue", "So much for retirement!"),
    ]


def test_dual_dialogue():
    first, second = (
        element
        for element in parse("BRICK\nScrew retirement.\n\nSTEEL   ^\nScrew it.").elements
        if element.kind == "character"
    )
    assert (first.text, first.dual) == ("BRICK", False)
    assert (second.text, second.dual) == ("STEEL", True)


def test_lyrics():
    script = """~Willy Wonka! Willy Wonka! The amazing chocolatier!
~Willy Wonka! Willy Wonka! Everybody give a cheer!
"""
    assert kinds(script) == [
        ("lyric", "Willy Wonka! Willy Wonka! The amazing chocolatier!"),
        ("lyric", "Willy Wonka! Willy Wonka! Everybody give a cheer!"),
    ]


def test_transitions():
    script = """Jack begins to argue vociferously in Vietnamese (?), But mercifully we...

CUT TO:

EXT. BRICK'S POOL - DAY

Brick and Steel regard one another.  A job well done.

> Burn to White.
"""
    assert [each for each in kinds(script) if each[0] == "transition"] == [
        ("transition", "CUT TO:"),
        ("transition", "Burn to White."),
    ]
    assert kinds("A.\n\nCUT TO: \n\nB.")[1][0] == "action"
    assert kinds("A.\n\n.CUT TO:\n\nB.")[1] == ("heading", "CUT TO:")


def test_centred_text():
    assert kinds(">THE END<") == kinds("> THE END <") == [("centred", "THE END")]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("*italics*", "italics"),
        ("**bold**", "bold"),
        ("***bold italics***", "bold italics"),
        ("_underline_", "underline"),
        (
            "From what seems like only INCHES AWAY. "
            " _Steel's face FILLS the *Leupold Mark 4* scope_.",
            "From what seems like only INCHES AWAY.  Steel's face FILLS the Leupold Mark 4 scope.",
        ),
        (
            r"Steel enters the code on the keypad: **\*9765\***",
            "Steel enters the code on the keypad: *9765*",
        ),
        (
            "He dialed *69 and then *23, and then hung up.",
            "He dialed *69 and then *23, and then hung up.",
        ),
        (
            "He dialed *69 and then 23*, and then hung up.",
            "He dialed 69 and then 23, and then hung up.",
        ),
        (
            r"He dialed *69 and then 23\*, and then hung up.",
            "He dialed *69 and then 23*, and then hung up.",
        ),
        (
            "Brick and Steel *share a look.\n\nThis is going to be BAD.*",
            "Brick and Steel *share a look.\n\nThis is going to be BAD.*",
        ),
    ],
)
def test_emphasis_is_not_spoken(marked: str, text: str):
    assert cleaned(marked) == text


def test_title_page():
    page = parse(
        """Title:
    _**BRICK & STEEL**_
    _**FULL RETIRED**_
Credit: Written by
Author: Stu Maschwitz
Source: Story by KTM
Draft date: 1/20/2012
Contact:
    Next Level Productions
    1588 Mission Dr.
    Solvang, CA 93463

FADE IN:
"""
    ).page
    assert page["title"] == "_**BRICK & STEEL**_\n_**FULL RETIRED**_"
    assert page["contact"] == "Next Level Productions\n1588 Mission Dr.\nSolvang, CA 93463"
    assert page["draft date"] == "1/20/2012"
    assert parse("Draft date: 6/23/2012").page == {"draft date": "6/23/2012"}
    assert parse("FADE IN:\n\nA hand.").page == {}


def test_page_breaks():
    script = """The General Lee flies through the air. FREEZE FRAME.

NARRATOR
Shoot, to the Dukes that's about like taking Grandma for a Sunday drive.

>**End of Act One**<

===

>**Act Two**<

The General Lee hangs in the air, right where we left it.  The NARRATOR'S voice kicks in.
"""
    assert [kind for kind, _ in kinds(script)] == [
        *("action", "character", "dialogue", "centred", "page break", "centred", "action")
    ]


def test_a_line_in_capitals_that_is_forced_to_be_action():
    script = """INT. CASINO - NIGHT

THE DEALER eyes the new player warily.

{}SCANNING THE AISLES...
Where is that pit boss?

No luck. He has no choice to deal the cards.
"""
    assert kinds(script.format(""))[2:4] == [
        ("character", "SCANNING THE AISLES..."),
        ("dialogue", "Where is that pit boss?"),
    ]
    assert kinds(script.format("!"))[2] == (
        "action",
        "SCANNING THE AISLES...\nWhere is that pit boss?",
    )


def test_an_empty_line_inside_a_dialogue():
    script = "DEALER\nTen.\nFour.\nDealer gets a seven.\n{}\nHit or stand sir?\n"
    assert kinds(script.format("  "))[1:] == [
        ("dialogue", "Ten.\nFour.\nDealer gets a seven.\n\nHit or stand sir?")
    ]
    assert kinds(script.format(""))[-1] == ("action", "Hit or stand sir?")


def test_indents_mean_nothing():
    script = """                CUT TO:

INT. GARAGE - DAY

BRICK and STEEL get into Mom's PORSCHE, Steel at the wheel.

            BRICK
    This is everybody we've ever put away.

            STEEL
        (starting the engine)
    So much for retirement!

They speed off.  To destiny!
"""
    assert [kind for kind, _ in kinds(script)] == [
        *("transition", "heading", "action", "character", "dialogue"),
        *("character", "parenthetical", "dialogue", "action"),
    ]


def test_notes():
    script = """INT. TRAILER HOME - DAY

This is the home of THE BOY BAND, AKA DAN and JACK[[Or did we think of actual names for these
guys?]].  They too are drinking beer.

[[It was supposed to be Vietnamese, right?]]

JACK
(in Vietnamese, subtitled)
*Did you know Brick and Steel are retired?*
"""
    found = kinds(script)
    assert (
        "action",
        "This is the home of THE BOY BAND, AKA DAN and JACK.  They too are drinking beer.",
    ) in found
    assert ("note", "It was supposed to be Vietnamese, right?") in found
    assert found[-1] == ("dialogue", "*Did you know Brick and Steel are retired?*")


def test_a_note_over_lines_and_one_that_ends_nowhere():
    script = (
        "Scott pauses.[[This needs work.\nOr coffee.\n  \nDefinitely coffee.]] He looks around."
    )
    assert kinds(script) == [
        ("action", "Scott pauses. He looks around."),
        ("note", "This needs work.\nOr coffee.\n  \nDefinitely coffee."),
    ]
    assert kinds("He [[looks\n\naround]].") == [("action", "He [[looks"), ("action", "around]].")]


def test_the_boneyard():
    script = """COGNITO
Everyone's coming after you mate!  Scorpio, The Boy Band, Sparrow, Point Blank Sniper...

As he rattles off the long list, Brick and Steel share a look.  This is going to be BAD.

CUT TO:
/*
INT. GARAGE - DAY

BRICK and STEEL get into Mom's PORSCHE, Steel at the wheel.

BRICK
This is everybody we've ever put away.

CUT TO:
*/
EXT. PALATIAL MANSION - DAY

An EXTREMELY HANDSOME MAN drinks a beer.  Shirtless, unfortunately.
"""
    assert [text for kind, text in kinds(script) if kind in {"heading", "transition"}] == [
        "CUT TO:",
        "EXT. PALATIAL MANSION - DAY",
    ]


def test_sections_and_synopses():
    script = """# ACT I

= Set up the characters and the story.

EXT. BRICK'S PATIO - DAY

= This scene sets up Brick & Steel's new life as retirees.

A gorgeous day.  The sun is shining.

### Scene
"""
    assert kinds(script) == [
        ("section", "ACT I"),
        ("synopsis", "Set up the characters and the story."),
        ("heading", "EXT. BRICK'S PATIO - DAY"),
        ("synopsis", "This scene sets up Brick & Steel's new life as retirees."),
        ("action", "A gorgeous day.  The sun is shining."),
        ("section", "Scene"),
    ]


FILM = """Title: **The Diner**
Author: Ann Ode
Language: en
Aspect: 9:16

= Two people, one table.

INT. DINER - NIGHT #7#

Jacob sits across from *Violet*.

NARRATOR (V.O.)
They had been here before.

He looks up.

JACOB
(whispering)
Vi, I'm sorry.

VIOLET ^
You should be.

> DISSOLVE TO:

.THE STREET

[[camera: slow pan left]]
[[Or a car park?]]

Rain.

FADE OUT.
"""


def test_a_script_becomes_a_film():
    film = load_screenplay(FILM)
    assert (film.title, film.writer, film.logline) == (
        "The Diner",
        "Ann Ode",
        "Two people, one table.",
    )
    assert (film.brief.language, film.brief.aspect) == ("en", "9:16")
    assert [person.name for person in film.cast] == ["JACOB", "VIOLET"]
    table, sorry, street = film.scenes
    assert (table.id, table.title, table.place) == (
        *("7", "INT. DINER - NIGHT"),
        "diner, night, interior",
    )
    assert table.description == "Jacob sits across from Violet."
    assert table.narration == "They had been here before."
    assert table.prompt == "Jacob sits across from Violet. Diner, night, interior."
    assert sorry.description == "He looks up."
    assert sorry.narration == "JACOB: Vi, I'm sorry.\nVIOLET: You should be."
    assert (street.title, street.description, street.narration) == ("THE STREET", "Rain.", "")
    assert (street.transition, street.camera, street.prompt) == (
        *("dissolve", "slow pan left"),
        "Rain.",
    )
    assert load_screenplay(to_fountain(film)) == film


def test_action_is_spoken_where_nobody_speaks():
    film = load_screenplay("EXT. REEF - DAY\n\nA ship.\n\nIt turns\nslowly.\n\n>THE END<\n")
    assert [scene.narration for scene in film.scenes][:2] == ["A ship.", "It turns slowly."]
    assert film.scenes[1].description == "It turns\nslowly."


def test_words_longer_than_a_shot_are_cut_at_sentences():
    speech = " ".join(f"This is the sentence with the number {number}." for number in range(9))
    film = load_screenplay(
        f"Title: Count\nLongest shot: 6\n\nEXT. REEF - DAY\n\nNARRATOR\n{speech}"
    )
    assert film.brief.longest_shot == 6
    assert all(scene.duration <= 6 for scene in film.scenes)
    assert " ".join(scene.narration for scene in film.scenes) == speech
    assert all(scene.narration.endswith(".") for scene in film.scenes)


def test_a_scene_that_says_its_duration_is_one_shot():
    film = load_screenplay(FILM.replace("[[camera: slow pan left]]", "[[duration: 2.5]]"))
    assert film.scenes[-1].duration == Fraction(5, 2)
    whole = load_screenplay(FILM.replace("#7#", "#7#\n\n[[duration: 9]]"))
    assert len(whole.scenes) == 2
    assert whole.scenes[0].narration == (
        "They had been here before.\nJACOB: Vi, I'm sorry.\nVIOLET: You should be."
    )


TALK = """Title: The Diner
Language: en
Longest shot: 4
Cast:
    Jacob Ode: a man in a grey coat
    VIOLET: his sister

INT. DINER - NIGHT

JACOB (CONT'D)
I never said that you had to wait here for me all night. And yet you did, as you always do.

A STRANGER
Is this chair free?

@Violet
Sit down.
"""


def test_what_a_person_of_the_cast_says_is_that_persons_in_every_shot_it_takes():
    film = load_screenplay(TALK)
    told = [line for scene in film.scenes for line in scene.narration.split("\n")]
    assert told == [
        "Jacob Ode: I never said that you had to wait here for me all night.",
        "Jacob Ode: And yet you did, as you always do.",
        *("Is this chair free?", "VIOLET: Sit down."),
    ]
    heard = "I never said that you had to wait here for me all night."
    assert film.scenes[0].duration == scene_length(heard, "en")
    script = to_fountain(film)
    assert "\n@Jacob Ode\nI never said" in script
    assert "\nVIOLET\nSit down." in script
    assert "narration:" not in script
    assert load_screenplay(script) == film


def test_a_script_that_was_written_here_says_its_language_and_shape():
    film = load_screenplay("INT. SEA\n\nNARRATOR\nCalm.\n")
    usual = {"language": "de", "aspect": "9:16"}
    assert load_screenplay(to_fountain(film), usual=usual) == film


def test_an_approval_is_not_brought():
    film = load_screenplay(FILM)
    bought = film.replace(scenes=tuple(scene.replace(approved=True) for scene in film.scenes))
    assert load_screenplay(to_fountain(bought)) == film
    with_note = load_screenplay(FILM.replace("slow pan left", "still\napproved: true"))
    assert not any(scene.approved for scene in with_note.scenes)


def test_a_saved_file_reads_back_equal(tmp_path: Path):
    film = load_screenplay(FILM)
    path = tmp_path / "film" / "the diner.fountain"
    save_fountain(film, path)
    assert read_screenplay(path) == film
    assert b"\r" not in path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_script_of_any_unicode_encoding_is_read(tmp_path: Path, encoding: str):
    path = tmp_path / "diner.fountain"
    path.write_bytes(FILM.replace("\n", "\r\n").encode(encoding))
    assert read_screenplay(path) == load_screenplay(FILM)


_AWKWARD = " \n\t*_[]()/\\~!@#>.=:<^\"{}'\u2028\xa0aAbZ1\u00e9"
_texts = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text(alphabet=_AWKWARD, max_size=30),
    st.sampled_from(
        [
            *("INT. HOUSE - DAY", "FADE IN:", "CUT TO:", "NARRATOR\nHello", "[[duration: 3]]"),
            *("/* gone */", "===", "# Act", "~la la", "(aside)", "a #b#", "Two.\n\nThree.", '"x"'),
        ]
    ),
)
_durations = st.fractions(min_value=1, max_value=60, max_denominator=1000)
_ids = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,8}\Z")
_recordings = st.builds(Recording, audio=st.just(f"lines/{'0' * 32}.flac"), text=_texts)


_WORDS = {
    name: _texts
    for name, field in Scene.model_fields.items()
    if field.annotation is str and name not in {"id", "transition"}
}


_people = st.builds(
    Character,
    name=_texts,
    description=_texts,
    also=st.lists(_texts, max_size=2).map(tuple),
)


@st.composite
def screenplays(draw: st.DrawFn) -> Screenplay:
    scene = st.builds(
        Scene,
        id=st.just("a"),
        duration=_durations,
        transition=st.sampled_from(get_args(Transition)),
        gain=st.floats(min_value=-120, max_value=24),
        approved=st.just(False),
        take=st.integers(1, 999),
        recording=st.none() | _recordings,
        version=st.just(1),
        **_WORDS,
    )
    ids = draw(st.lists(_ids, min_size=1, max_size=4, unique=True))
    return Screenplay(
        title=plain(draw(_texts)) or "Untitled",
        logline=draw(_texts),
        brief=Brief(
            idea="a" + draw(_texts),
            duration=draw(st.fractions(min_value=4, max_value=60, max_denominator=1000)),
            exact=draw(st.booleans()),
            aspect=draw(st.sampled_from(ASPECTS)),
            template=draw(_texts),
            tone=draw(_texts),
            language=draw(st.sampled_from(["en", "de", "ja"]) | _texts),
            creativity=draw(st.floats(min_value=0, max_value=1)),
            voice_style=draw(_texts),
            longest_shot=draw(st.fractions(min_value=1, max_value=60, max_denominator=1000)),
            film=draw(_texts),
        ),
        cast=tuple(
            draw(
                st.lists(
                    st.builds(
                        Character,
                        name=_texts,
                        description=_texts,
                        also=st.lists(_texts, max_size=2).map(tuple),
                    ),
                    max_size=3,
                )
            )
        ),
        style=draw(
            st.builds(StyleBible, look=_texts, palette=st.lists(_texts, max_size=3).map(tuple))
        ),
        scenes=tuple(draw(scene).replace(id=each) for each in ids),
        writer=draw(_texts),
        length=draw(st.none() | _durations),
        pace=draw(st.floats(min_value=1, max_value=2)),
    )


@settings(max_examples=100, deadline=None)
@given(screenplays())
def test_every_screenplay_survives_its_script(film: Screenplay):
    assert load_screenplay(to_fountain(film), form="fountain") == film


@settings(max_examples=200, deadline=None)
@given(st.lists(_texts, max_size=8).map("\n\n".join))
def test_every_script_survives_its_film(script: str):
    try:
        film = load_screenplay(script, form="fountain")
    except ReviseScreenplay as error:
        assert "\n" not in error.user_message
        return
    assert load_screenplay(to_fountain(film), form="fountain") == film
