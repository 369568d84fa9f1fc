"""Re-voice: a finished film in another language, with the pictures that it has.

No second of video is bought again: the script is translated, and every take is used as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from .cut.cards import MOST_LETTERS
from .errors import ChooseLanguage, ReviseScreenplay
from .home import Home
from .reaching import reach
from .remote import obeying
from .scripts import written
from .settings import Settings
from .shoot.kept import kept_take
from .shoot.take import Take
from .shoot.takes import Takes
from .story.brief import MOST_SCENES
from .story.screenplay import Scene, Screenplay
from .story.translating import for_language, translate
from .values import digest
from .work import Cancel, Progress

__all__ = [
    "TRANSLATORS",
    "lend_takes",
    "reused",
    "translated",
    "translator_of",
    "with_end_card",
    "without_end_card",
]

TRANSLATORS = ("ollama", "gemini")
"""The services whose models translate."""


_END_CARD = "end-card-"
"""Ids of the rows of an end card while they are translated, as lines of scenes are."""


def with_end_card(screenplay: Screenplay, words: str) -> Screenplay:
    """A film whose last scenes are the rows of its end card, so that they are translated with it;
    as it is where it has no room for them."""
    rows = [row for row in words.splitlines() if row.strip()]
    if len(screenplay.scenes) + len(rows) > MOST_SCENES:
        return screenplay
    cards = (Scene(id=f"{_END_CARD}{at}", narration=row) for at, row in enumerate(rows, 1))
    return screenplay.replace(scenes=(*screenplay.scenes, *cards))


def without_end_card(screenplay: Screenplay) -> tuple[Screenplay, str]:
    """What `with_end_card` gave, apart again: the film, and the words of its end card."""
    scenes = tuple(each for each in screenplay.scenes if not each.id.startswith(_END_CARD))
    rows = [each.narration for each in screenplay.scenes if each.id.startswith(_END_CARD)]
    return screenplay.replace(scenes=scenes), "\n".join(rows)[:MOST_LETTERS]


def translator_of(screenplay: Screenplay, *, service: str = "", model: str = "") -> str:
    """Who translates a film, as `Screenplay.writer` names writers: who was chosen, or who wrote it.

    Raises:
        ChooseLanguage: nobody was chosen, and no language model wrote it.
    """
    if service:
        return f"{service}:{model}"
    for said in screenplay.writer.split(", translated by "):
        if said.partition(":")[0] in TRANSLATORS:
            return said
    raise ChooseLanguage(
        "Translating takes a language model: choose Ollama or Gemini to translate, or bring a"
        " screenplay that is translated already."
    )


async def translated(
    screenplay: Screenplay,
    language: str,
    *,
    writer: str,
    home: Home,
    settings: Settings,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Screenplay:
    """Translate a film's words; what was translated by a paid model is not paid again.

    Args:
        writer: as `translator_of` names it.

    Raises:
        ReviseScreenplay: the film is in that language already.
        ChooseAnotherModel: the model did not translate it.
        ServiceError, MoneyError: it could not be asked.
        Cancelled: the user stopped.
    """
    brief = for_language(screenplay, language).brief
    cancel = cancel or Cancel()

    async def work() -> Screenplay:
        lent = reach(
            writer,
            film_id=brief.film_id,
            what="translation",
            home=home,
            settings=settings,
            cancel=cancel,
        )
        async with lent as model:
            return await translate(screenplay, language, model, progress=progress)

    return await written(
        brief,
        *("translated", writer, digest(screenplay)),
        home=home,
        settings=settings,
        paid=writer.startswith("gemini:"),
        write=lambda _shelf: obeying(cancel, work()),
    )


def lend_takes(before: Screenplay, after: Screenplay, *, home: Home) -> tuple[Take, ...]:
    """Give a translation every take that was made for good of the film that it translates, and pin
    it there: whoever shoots the translation finds nothing to shoot.

    Raises:
        ReplaceMedia: a take's file is damaged.
        StorageError: one cannot be written.
    """
    takes = Takes(home)
    lent: list[Take] = []
    for old in before.scenes:
        take, scene = kept_take(before, old, home=home), after.scene(old.id)
        if take and scene:
            lent.append(takes.lend(take, after.brief.film_id, scene))
            takes.choose(scene, lent[-1])
    return tuple(lent)


def reused(takes: Iterable[Take], screenplay: Screenplay) -> tuple[Take, ...]:
    """A film's takes as those of its translation: the same clips for the same scenes.

    Raises:
        ReviseScreenplay: the translation has none of their scenes.
    """
    scenes = {scene.id: scene for scene in screenplay.scenes}
    film_id = screenplay.brief.film_id
    found = tuple(
        take.replace(film_id=film_id, picture_id=scenes[take.scene_id].picture_id)
        for take in takes
        if take.scene_id in scenes
    )
    if not found:
        raise ReviseScreenplay(
            "This screenplay has none of the film's scenes; translate the film's own."
        )
    return found
