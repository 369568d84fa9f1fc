"""The characters of a library: made once, cast in any film. Each method is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..cast.character import MOST_PICTURES, Character
from ..cast.finding import seen_in
from ..cast.picture import Picture, keep_portrait, read_still
from ..errors import ChooseCharacter, ReviseCharacter
from ..home import Home
from ..settings import Settings
from ..story.screenplay import Screenplay
from ..values import digest, in_words
from .database import Database, now
from .films import open_database
from .tables import CharacterRow

__all__ = [
    "EVERYBODY",
    "Characters",
    "characters_mark",
    "open_characters",
    "saved_characters",
]

EVERYBODY = "*"
"""Casts every character of the library that the script names."""

_LONGEST_NAME = 80
_LONGEST_DESCRIPTION = 1000


class Characters:
    """The characters of one home. Safe to use from many threads and many processes."""

    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home

    def all(self) -> tuple[Character, ...]:
        """Everybody, by name."""
        with self._database.reading() as session:
            rows = session.scalars(select(CharacterRow).order_by(CharacterRow.name))
            return tuple(_character(row) for row in rows)

    def get(self, character_id: str) -> Character:
        """One of them.

        Raises:
            ChooseCharacter: there is none of that id.
        """
        with self._database.reading() as session:
            return _character(_row(session, character_id))

    def add(self, *, pictures: Sequence[Picture] = (), **fields: Any) -> Character:
        """Add a character: name, description, role, voice, other names, and what it looks like.

        Raises:
            ReviseCharacter: a field cannot be so, somebody has the name already, or there are too
                many pictures.
        """
        character = _checked(Character.from_data({**fields, "id": secrets.token_hex(8)}))
        character = _with_pictures(character, pictures)
        with self._database.writing() as session:
            _name_is_free(session, character)
            session.add(_new_row(session, character))
        return character

    def keep(self, character: Character) -> Character:
        """Add a character, or put it in the place of its namesake, whose id it takes.

        Raises:
            ReviseCharacter: a field cannot be so.
        """
        with self._database.writing() as session:
            named = select(CharacterRow).where(CharacterRow.name == character.name.casefold())
            row = session.scalars(named).first()
            if row is None:
                character = _checked(character.replace(id=secrets.token_hex(8)))
                session.add(_new_row(session, character))
            else:
                character = _checked(character.replace(id=row.id))
                _write(session, row, character)
        return character

    def change(
        self,
        character_id: str,
        *,
        pictures: Sequence[str] | None = None,
        more: Sequence[Picture] = (),
        **fields: Any,
    ) -> Character:
        """Set fields of a character. Films that it plays in keep it as they know it.

        Args:
            pictures: the pixels of those that it keeps, the best first.
            more: others, behind them.

        Raises:
            ChooseCharacter: there is none of that id.
            ReviseCharacter: a field cannot be so, somebody else has the new name, or it has no
                such picture.
        """
        with self._database.writing() as session:
            row = _row(session, character_id)
            character = _character(row)
            if pictures is not None:
                character = character.replace(pictures=_ordered(character, pictures))
            character = _with_pictures(character, more)
            if name := fields.pop("name", ""):
                character = character.renamed(" ".join(str(name).split()))
            try:
                character = _checked(character.replace(**fields))
            except ValidationError as error:
                raise ReviseCharacter(f"This character cannot be so: {in_words(error)}.") from None
            _name_is_free(session, character)
            _write(session, row, character)
            return character

    def remove(self, character_id: str) -> None:
        """Forget a character; films that it plays in keep it.

        Raises:
            ChooseCharacter: there is none of that id.
        """
        with self._database.writing() as session:
            session.delete(_row(session, character_id))

    def add_picture(self, character_id: str, file: Path) -> Character:
        """Give a character another picture, behind those it has.

        Raises:
            ChooseCharacter: there is none of that id.
            ReplaceMedia: it is no picture, too small, or too large.
            ReviseCharacter: it has as many as it may.
            StorageError: it cannot be kept.
        """
        picture = keep_portrait(read_still(file), home=self._home)
        with self._database.writing() as session:
            row = _row(session, character_id)
            character = _with_pictures(_character(row), [picture])
            _write(session, row, character)
            return character

    def called(self, name: str) -> Character:
        """The character of a name, old ones too, or of an id.

        Raises:
            ChooseCharacter: nobody is called so.
        """
        return _called(name, self.all())

    def named(self, names: str, screenplay: Screenplay) -> tuple[Character, ...]:
        """The characters of a list of names or ids, parted by commas.

        `*` is everybody whom the screenplay's scenes name.

        Raises:
            ChooseCharacter: nobody has one of the names.
        """
        everybody = self.all()
        found: dict[str, Character] = {}
        for name in filter(None, map(str.strip, names.split(","))):
            if name == EVERYBODY:
                wanted = [who for scene in screenplay.scenes for who in seen_in(scene, everybody)]
            else:
                wanted = [_called(name, everybody)]
            found.update({each.id: each for each in wanted})
        return tuple(found.values())


@contextmanager
def open_characters(home: Home, settings: Settings) -> Iterator[Characters]:
    """The characters of a home, for one look at them; raises as `open_database`."""
    with closing(open_database(home, settings)) as database:
        yield Characters(database, home)


def saved_characters(
    names: str, screenplay: Screenplay, *, home: Home, settings: Settings
) -> tuple[Character, ...]:
    """Look up a home's characters as `Characters.named` does; nobody where nobody is named."""
    if not names.strip():
        return ()
    with open_characters(home, settings) as characters:
        return characters.named(names, screenplay)


def characters_mark(home: Home, settings: Settings) -> str:
    """A mark that changes whenever a character is made, changed or removed."""
    with open_characters(home, settings) as characters:
        return digest(*characters.all())


def _checked(character: Character) -> Character:
    name = character.name
    if not name or "," in name or name == EVERYBODY:
        raise ReviseCharacter("Give the character a name, without commas.")
    if len(name) > _LONGEST_NAME:
        raise ReviseCharacter(
            f"This name has {len(name)} characters; shorten it to {_LONGEST_NAME}."
        )
    if len(character.description) > _LONGEST_DESCRIPTION:
        raise ReviseCharacter(
            f"This description has {len(character.description)} characters; shorten it to"
            f" {_LONGEST_DESCRIPTION}, which is all that a prompt has room for."
        )
    others = dict.fromkeys(each.strip() for each in character.also)
    return character.replace(also=tuple(each for each in others if each and each != name))


def _with_pictures(character: Character, more: Sequence[Picture]) -> Character:
    pictures = tuple(dict.fromkeys((*character.pictures, *more)))
    if len(pictures) > MOST_PICTURES:
        raise ReviseCharacter(
            f"{character.name} has {MOST_PICTURES} pictures; remove one first."
            if len(character.pictures) == MOST_PICTURES
            else f"A character has at most {MOST_PICTURES} pictures; give fewer."
        )
    return character.replace(pictures=pictures)


def _ordered(character: Character, pixels: Sequence[str]) -> tuple[Picture, ...]:
    known = {picture.pixels: picture for picture in character.pictures}
    if strange := [each for each in pixels if each not in known]:
        raise ReviseCharacter(
            f"{character.name} has no picture {strange[0]!r} any more; load it again."
        )
    return tuple(known[each] for each in dict.fromkeys(pixels))


def _called(name: str, everybody: Sequence[Character]) -> Character:
    found = next((each for each in everybody if each.id == name or each.is_called(name)), None)
    if found is None:
        names = ", ".join(each.name for each in everybody) or "none yet"
        raise ChooseCharacter(f"The library has no character called {name}; it has {names}.")
    return found


def _row(session: Session, character_id: str) -> CharacterRow:
    row = session.get(CharacterRow, character_id)
    if row is None:
        raise ChooseCharacter("This character is not in the library any more; choose another.")
    return row


def _character(row: CharacterRow) -> Character:
    return Character.from_json(row.character)


def _name_is_free(session: Session, character: Character) -> None:
    taken = select(CharacterRow.id).where(
        CharacterRow.name == character.name.casefold(), CharacterRow.id != character.id
    )
    if session.scalars(taken).first() is not None:
        raise ReviseCharacter(
            f"The library has a character called {character.name} already; choose another name."
        )


def _new_row(session: Session, character: Character) -> CharacterRow:
    return CharacterRow(
        id=character.id,
        name=character.name.casefold(),
        character=character.to_json(),
        changed=now(session),
    )


def _write(session: Session, row: CharacterRow, character: Character) -> None:
    row.name = character.name.casefold()
    row.character = character.to_json()
    row.changed = now(session)
