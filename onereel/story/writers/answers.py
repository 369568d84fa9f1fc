"""Answers that were paid for, on disk: the same question is never paid for twice, whoever asks.

Beside `shelf.py`, whose docstring says why the two cannot be one: here an answer is found by every
word of its question, model, thinking and seed, for ever, and only once it was paid; there by its
place in one film, also where it was free, and whatever became of the question's words.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from ...files import writing
from ...home import Home
from ...till import Keeping
from ...values import Value, digest

__all__ = ["Answers", "KeptAnswer"]

_LOG = logging.getLogger("onereel")


class KeptAnswer(Value):
    """What a model said."""

    text: str
    cut: bool = False
    """Whether it was cut off for its length."""


@dataclass(frozen=True)
class Answers:
    """The answers of a home, by the digests of their questions (`key`).

    None is ever removed: that it is there is what tells a question that was of no use from one
    whose answer got lost, which is not paid for again by itself.
    """

    home: Home

    def find(self, key: str) -> KeptAnswer | None:
        """The answer of a key, if it is there."""
        try:
            found = self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            _LOG.warning("the answer %s cannot be read: %s", key[:8], error)
            return None
        return _unpacked(found)

    def keep(self, key: str, answer: KeptAnswer) -> KeptAnswer:
        """Keep an answer.

        Raises:
            FreeDisk, MakeWritable, StorageError: the disk refused.
        """
        with writing(self._path(key), private=True) as temporary:
            temporary.write_bytes(_packed(answer))
        return answer

    def keeping(self, key: str) -> Keeping[KeptAnswer, KeptAnswer]:
        """How an answer that is bought is kept."""
        return Keeping(
            find=partial(self.find, key),
            keep=partial(self.keep, key),
            places=(self._path(key),),
            pack=_packed,
            unpack=_unpacked,
        )

    def key(self, question: str) -> str:
        """The key of a question's answer, by the digest of the question: another one each time
        that it was forgotten."""
        times = self._times(question)
        return digest("again", question, times) if times else question

    def forget(self, question: str) -> None:
        """Let a question that was answered with nothing of use be asked anew.

        Raises:
            FreeDisk, MakeWritable, StorageError: the disk refused.
        """
        times = self._times(question) + 1
        with writing(self._forgotten(question), private=True) as temporary:
            temporary.write_text(str(times), "ascii")

    def _times(self, question: str) -> int:
        try:
            return int(self._forgotten(question).read_text("ascii"))
        except (OSError, ValueError):
            return 0

    def _path(self, key: str) -> Path:
        return self.home.private / "answers" / f"{key}.json"

    def _forgotten(self, question: str) -> Path:
        return self._path(question).with_suffix(".forgotten")


def _packed(answer: KeptAnswer) -> bytes:
    return answer.model_dump_json().encode()


def _unpacked(data: bytes) -> KeptAnswer | None:
    try:
        return KeptAnswer.model_validate_json(data)
    except ValidationError as error:
        _LOG.warning("an answer that was kept cannot be read: %s", error)
        return None
