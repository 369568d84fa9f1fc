"""Ideas for the built-in writer, which tells them in their own words: in the film's language."""

from __future__ import annotations

from .reaching import reach
from .remote import obeying
from .scripts import answers_kept
from .stage import Work
from .story.brief import Brief
from .story.builtin.language import pack_for
from .story.builtin.packs import packs
from .story.idea import idea_language, translate_idea
from .work import Progress

__all__ = ["in_its_language"]


async def in_its_language(work: Work, brief: Brief) -> tuple[Brief, tuple[str, ...]]:
    """A film's brief with its idea in the film's language, and what has to be said of that.

    It is translated by the model that the owner named as `translator` under `[writing]`; where
    none is named the brief is as it was. The same idea is translated once.

    Raises:
        ChooseLanguage: the built-in writer does not write the film's language.
        ServiceError: the model could not be asked, or did not translate it.
        Cancelled: the user stopped.
    """
    tongue, translator = idea_language(brief), work.settings.writing.translator
    if tongue is None or not translator:
        return brief, ()
    pack = pack_for(brief.language, packs())
    by = f"ollama:{translator}"
    shelf = answers_kept("idea", by, brief.idea, pack.code, home=work.home)

    async def translated() -> str:
        lent = reach(
            by,
            film_id=brief.film_id,
            what="translation",
            home=work.home,
            settings=work.settings,
            cancel=work.cancel,
        )
        async with lent as model:
            quietly = Progress(work.progress.listener, work.progress.start, work.progress.start)
            return await translate_idea(brief, model, shelf=shelf, progress=quietly)

    idea = await obeying(work.cancel, translated())
    note = f'Ollama ({translator}) translated the idea from {tongue.name}: "{idea}"'
    return brief.replace(idea=idea), (note,)
