"""What a language must bring so that the built-in writer can write in it.

The engine (every module of this folder) knows no word of any language. A language is a folder
`builtin/<code>/` with

- `__init__.py`: `PACK`, an object of the `Pack` protocol below, most easily a `FolderPack`; its
  code analyses the idea (what cleaning one is in every language is in `cleaning.py`) and inflects
  words;
- `themes.toml`: a table per theme of `shots.toml` (`[sea]`, ..., and `[any]`): `keywords`
  (lower-case words of an idea that call the theme, `harbour`, or `fish*` for every word that begins
  so; those in `weak` count half), lists of phrases under any names the pack's patterns use (`place`
  must be among them), and `shots`, which names shots of that theme in `shots.toml`, all or most, by
  their keys: `nets = ["Title", "clause that says what is seen"]`;
- `beats/<bank>.toml`: sentence patterns per beat. A scene's beat is looked up in the bank of the
  template (`story`, `news`, ...), then of the one that it is `like`, then of the frame's kind
  (`hero`, `topic`); `detail` there lengthens any scene. Beats are named in
  `story/templates/*.toml`; the bank `quote` also has words that call a quotation and words to pass
  over in one, and `howto` its numbered `step`. The bank `long` is for films of forty scenes and
  more, whose other lines run out: what stands in it, under any beat, is said anywhere. A pack that
  tags a frame `verbatim` (`verbatim.py`) has a bank of that name, and such a film speaks from it
  alone. The bank `common` holds `titles`, `descriptions` and lists that no theme has (`time`, ...).

A pattern is one to three sentences:

- `{hero}` a slot of the frame. A pattern is used only where the frame has all its slots. Scenes of
  lists have `{n}`, the item's number, or `{more}`, that of an item that an earlier scene began.
- `{@sound}` an item of a list of the theme (or of `common`), never the same twice while others are
  left; `{@see}` is the clause of a shot, which then is the shot of the scene.
- `{v:wait}` whatever `Pack.inflect("v", "wait", frame)` returns: agreement, declension, articles.
- `[person]`, `[!plural]` in front: only for frames with, or without, that tag. `[bold]` is for
  creativity above one half, `[plain]` for up to one half, `[funny]` and `[serious]` for that tone,
  `[few]` for a list too short for any item, `[one]` for one that tells only its first,
  `[numbered]` for one that tells several and `[fewer]` for one that tells less than it was to.
- A pack that tags a frame `parted` has its long phrases said twice at most, and things of the idea
  (the slot `part`, of the frame and of its parts) named in between. `quoted` frames, and `parted`
  ones that are `told`, vary what they speak of even in a film of one thing.

Sentence starts are capitalised by the engine; `Pack.polish` repairs what meets at the joints (a/an,
elisions, contractions). Keep fixed runs between slots under five words: two films share no more
than a fifth of their 5-grams.

Shot prompts are English in every language, because video models read it best: camera, light, style
and the shot's clause come from the engine's English files; only `Frame.subject` and `Frame.action`
are the pack's, in English where it can say them, else as the user wrote them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

__all__ = [
    "Data",
    "Frame",
    "Pack",
    "Part",
    "Shot",
    "Theme",
    "load_data",
    "rank_themes",
    "shots",
]

Kind = Literal["hero", "topic"]
Bank = Mapping[str, tuple[str, ...]]
_LEAST = 0.58
"""What an idea must say of a theme: one of its `weak` words does only near the idea's front."""
ANY = "any"
"""The theme of ideas whose words call none; its lists also serve when a theme's run dry."""


@dataclass(frozen=True)
class Shot:
    """One picture of a theme: a title of two to four words and a clause that says what is seen."""

    title: str
    see: str


@dataclass(frozen=True)
class Theme:
    """A small world: the words that call it, its phrases by list, its shots by key."""

    keywords: tuple[str, ...]
    weak: tuple[str, ...]
    lists: Bank
    shots: Mapping[str, Shot]


@dataclass(frozen=True)
class Part:
    """Another thing that an idea names, such as the canal of "a bridge over the canal".

    A line may speak of it in place of the main thing: `slots` then stand for the frame's.
    """

    slots: Mapping[str, str]
    plural: bool | None = None
    """Its number, where it takes the main thing's place; None: verbs go on agreeing with that."""


@dataclass(frozen=True)
class Frame:
    """An idea, taken apart.

    `slots` are phrases ready for the middle of a sentence; `keywords` are lower-case words by which
    a scene can be seen to speak of the idea; `given` are the user's own further sentences, which
    are told as they are.
    """

    kind: Kind
    slots: Mapping[str, str]
    subject: str
    """The subject as a shot prompt names it, such as "an old lighthouse keeper"."""
    title: str
    logline: str
    action: str = ""
    """What the subject does, as a prompt says it, such as "builds a rocket out of junk"."""
    tags: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()
    themes: tuple[str, ...] = (ANY,)
    given: tuple[str, ...] = ()
    cast: tuple[tuple[str, str], ...] = ()
    """Named people and what is known of them."""
    parts: tuple[Part, ...] = ()
    """What else a scene can speak of."""
    going_on: int = 0
    """How many of `given` belong right behind the first scene, which they go on from."""
    items: int = 0
    """How many things a list idea announces ("5 ways to ..."); 0 if it says none."""


@dataclass(frozen=True)
class Data:
    """The data files of a pack."""

    themes: Mapping[str, Theme]
    banks: Mapping[str, Bank] = field(default_factory=dict)


class Pack(Protocol):
    """A language. Methods are pure: the same arguments give the same text in every process."""

    @property
    def code(self) -> str:
        """The language's two letters, such as "en"."""

    @property
    def name(self) -> str:
        """Its English name."""

    @property
    def reads(self) -> frozenset[str]:
        """Templates whose ideas it reads in a way of their own, though they are like another."""

    @property
    def joints(self) -> str:
        """A pattern of what joins two clauses, between which a long idea may be told in two scenes;
        empty where it may not."""

    @property
    def asides(self) -> str:
        """A pattern of a clause between commas that a sentence can do without; empty for none."""

    @property
    def function_words(self) -> frozenset[str]:
        """Some 40 or more frequent lower-case words that give the language away."""

    @property
    def data(self) -> Data:
        """Themes and patterns, read once."""

    def analyse(self, idea: str, *, template: str) -> Frame:
        """Take an idea apart; never fails: what is unclear is named as the user wrote it."""

    def sure(self, frame: Frame, idea: str, *, template: str) -> Frame:
        """The frame that `analyse` made of an idea, where all that a film inflects or refers back
        to is certain; else one that quotes the idea (`verbatim.py`)."""

    def again(self, text: str, frame: Frame) -> str:
        """The sentences of one scene, where whoever one of them names comes back in the next by a
        pronoun, as the language has it."""

    def inflect(self, how: str, word: str, frame: Frame) -> str:
        """Answer `{how:word}` of a pattern."""

    def number(self, value: int) -> str:
        """Say a number from 1 to 120 in words."""

    def polish(self, text: str) -> str:
        """Repair what meets where slots were filled."""

    def title(self, text: str) -> str:
        """Write a phrase as a title."""


def _strings(items: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(item) for item in items)


def _read(path: Path) -> dict[str, dict[str, list[str]]]:
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return tables


@cache
def shots() -> Mapping[str, Mapping[str, Shot]]:
    """Read the English shots of every theme, by theme and key."""
    tables = _read(Path(__file__).with_name("shots.toml"))
    return {
        theme: {key: Shot(*pair) for key, pair in table.items()} for theme, table in tables.items()
    }


def load_data(folder: Path) -> Data:
    """Read a pack's `themes.toml` and `beats/*.toml`; a theme without shots has English ones."""
    themes = {}
    for name, table in tomllib.loads((folder / "themes.toml").read_text(encoding="utf-8")).items():
        own = {key: Shot(*pair) for key, pair in table.get("shots", {}).items()}
        themes[name] = Theme(
            keywords=_strings(table.get("keywords", ())),
            weak=_strings(table.get("weak", ())),
            lists={
                key: _strings(items)
                for key, items in table.items()
                if key not in ("keywords", "weak", "shots")
            },
            shots=own or shots()[name],
        )
    banks = {
        path.stem: {beat: _strings(patterns) for beat, patterns in _flat(path).items()}
        for path in sorted((folder / "beats").glob("*.toml"))
    }
    return Data(themes, banks)


def _flat(path: Path) -> dict[str, list[str]]:
    bank: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return bank


def rank_themes(weights: Mapping[str, float], themes: Mapping[str, Theme]) -> tuple[str, ...]:
    """Order the themes that an idea calls, best first, at most two.

    Args:
        weights: the idea's lower-case words and how much each says about where it plays.
        themes: the pack's themes.
    """
    scores: dict[str, float] = {}
    for name, theme in themes.items():
        called = {
            word
            for word in weights
            if any(_calls(keyword, word) for keyword in (*theme.keywords, *theme.weak))
        }
        score = sum(
            weights[word] * (1 if any(_calls(key, word) for key in theme.keywords) else 0.5)
            for word in called
            # "Sterne" and its "Stern" are one word.
            if not any(other != word and word.startswith(other) for other in called)
        )
        if score > _LEAST:
            scores[name] = score
    ranked = sorted(scores, key=lambda name: -scores[name])[:2]
    if len(ranked) == 2 and scores[ranked[1]] < scores[ranked[0]] * 0.45:
        del ranked[1]
    return tuple(ranked) or (ANY,)


def _calls(keyword: str, word: str) -> bool:
    if keyword.endswith("*"):
        return word.startswith(keyword[:-1])
    return word == keyword
