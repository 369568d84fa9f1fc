"""One wish, on the way to changes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import JsonValue

from ...errors import ReviseScreenplay
from ...settings import Settings
from ...shoot.prompting import Manner, optimise
from ...shoot.shot import PAID
from ...story.screenplay import Scene, Screenplay
from ...values import total
from ...voice.engines.known import AUTO, choose, voice_names
from ..edits.changes import AddScene, Change, MoveScene, RemoveScene, SetOptions, SetScene, SetTitle
from ..edits.revision import Version
from .effects import with_camera, with_light, with_mood
from .lengthening import lasting
from .understanding import Wish, plain

__all__ = ["Command"]

_SHORTER, _LONGER = Fraction(17, 20), Fraction(23, 20)
_SPEED_STEP = 0.1
_SLOWEST, _FASTEST = 0.5, 2.0


class Command:
    """One wish, on the way to changes."""

    def __init__(
        self, wish: Wish, film: Screenplay, version: Version, scene: str, settings: Settings
    ) -> None:
        self._wish = wish
        self._film = film
        self._version = version
        self._selected = scene
        self._settings = settings
        self._verbs = set(wish.verbs)
        self._named = self._resolved()
        self.changes: list[Change] = []
        self.notes: list[str] = []

    @property
    def last(self) -> str:
        """The id of the scene that was named last; empty for none."""
        return self._named[-1].id if self._named else ""

    def carry_out(self) -> None:
        """Collect the changes and what they do in words."""
        wish, verbs = self._wish, self._verbs
        if wish.text:
            self._write()
        elif "swap-ending" in verbs:
            self._swap(self._film.scenes[-2:])
        elif "swap" in verbs:
            self._swap(self._named)
        elif verbs & {"move", "start", "end"} or (verbs & {"before", "after"} and self._named):
            self._move()
        elif "drop" in verbs:
            self._drop()
        else:
            self._last()
            self._complete()
            self._repaint()
            self._options()

    def _resolved(self) -> list[Scene]:
        scenes = self._film.scenes
        found = [scene for scene in scenes if scene.id in self._wish.named]
        for number in self._wish.scenes:
            at = number - 1 if number > 0 else len(scenes) + number
            if number == 0 or not 0 <= at < len(scenes):
                raise ReviseScreenplay(
                    f"There is no scene {number} in this film; it has {len(scenes)}."
                )
            found.append(scenes[at])
        return list(dict.fromkeys(found)) if len(found) < 2 else found

    def _chosen(self) -> list[Scene]:
        """The scenes that were named, or else the one that the film maker looks at."""
        if self._wish.every:
            return list(self._film.scenes)
        selected = self._film.scene(self._selected)
        return self._named or ([selected] if selected else [])

    def _meant(self) -> list[Scene]:
        """The chosen scenes, or all of them."""
        return self._chosen() or list(self._film.scenes)

    def _write(self) -> None:
        wish, film = self._wish, self._film
        if "title" in self._verbs:
            self.changes.append(SetTitle(title=wish.text[:300]))
            self.notes.append(f"The film is called {wish.text[:80]}.")
        elif "add" in self._verbs:
            behind = self._chosen()[-1:] or list(film.scenes[-1:])
            at = film.scenes.index(behind[0]) - ("before" in self._verbs)
            at = -1 if "start" in self._verbs else at
            fields: dict[str, JsonValue] = {"description": wish.text, "prompt": wish.text}
            after = film.scenes[at].id if at >= 0 else ""
            self.changes.append(AddScene(after=after, fields=fields))
            self.notes.append(
                f"A new scene stands {'behind' if after else 'before'} scene {max(at, 0) + 1}."
            )
        else:
            for scene in self._chosen()[:1]:
                spoken: dict[str, JsonValue] = {"narration": wish.text}
                self.changes.append(SetScene(scene=scene.id, fields=spoken))
                self.notes.append(f"{self._who([scene])} has new words.")

    def _swap(self, pair: Sequence[Scene]) -> None:
        if len(pair) != 2 or pair[0].id == pair[1].id:
            raise ReviseScreenplay('Name two scenes to swap, such as "swap 2 and 3".')
        order = self._film.scenes
        first, second = sorted(pair, key=order.index)
        low, high = order.index(first), order.index(second)
        self.changes.append(MoveScene(scene=second.id, to=low))
        if high - low > 1:
            self.changes.append(MoveScene(scene=first.id, to=high))
        self.notes.append(f"Scenes {low + 1} and {high + 1} change places.")

    def _move(self) -> None:
        order, verbs, named = list(self._film.scenes), self._verbs, self._named
        ends = verbs & {"start", "end"}
        beside = verbs & {"before", "after"}
        wanted = 1 if ends else 2
        if len(named) == wanted - 1 and self._film.scene(self._selected):
            named = [scene for scene in order if scene.id == self._selected] + named
        if len(named) != wanted:
            raise ReviseScreenplay(
                'Say which scene goes where, such as "move scene 5 to the start" or "move scene 5'
                ' before scene 2".'
            )
        moved = named[0]
        rest = [scene for scene in order if scene is not moved]
        if ends:
            to = 0 if "start" in verbs else len(rest)
        elif named[1] is moved:
            to = order.index(moved)
        elif beside:
            to = rest.index(named[1]) + ("after" in beside)
        else:
            to = order.index(named[1])
        self.changes.append(MoveScene(scene=moved.id, to=to))
        self.notes.append(f"{self._who([moved])} becomes scene {to + 1}.")

    def _drop(self) -> None:
        if not (scenes := self._chosen()):
            raise ReviseScreenplay('Say which scene, such as "drop scene 3".')
        self.changes += [RemoveScene(scene=each) for each in dict.fromkeys(s.id for s in scenes)]
        self.notes.append(
            f"{self._who(scenes)} goes." if len(scenes) == 1 else f"{self._who(scenes)} go."
        )

    def _last(self) -> None:
        """Another length."""
        scenes, verbs = self._meant(), self._verbs
        now = total(scene.duration for scene in scenes)
        seconds = self._wish.seconds
        if seconds is not None:
            length = Fraction(str(seconds))
        elif verbs & {"longer", "shorter"}:
            length = now * (_LONGER if "longer" in verbs else _SHORTER)
        else:
            return
        self.changes += lasting(scenes, length, self._film)
        whole = len(scenes) == len(self._film.scenes)
        who = "The film" if whole else self._who(scenes)
        self.notes.append(f"{who}: about {float(length):.0f} s instead of {float(now):.0f} s.")

    def _complete(self) -> None:
        """Prompts that say all that the film knows."""
        if "optimise" not in self._verbs:
            return
        renderer = self._version.options.renderer
        manner: Manner = renderer if renderer in PAID else "any"
        scenes = self._meant()
        made = optimise(self._film, manner, only=[scene.id for scene in scenes]).screenplay
        for old, new in zip(self._film.scenes, made.scenes, strict=True):
            fields: dict[str, JsonValue] = {
                name: getattr(new, name)
                for name in ("prompt", "negative_prompt")
                if getattr(new, name) != getattr(old, name)
            }
            if fields:
                self.changes.append(SetScene(scene=old.id, fields=fields))
        self.notes.append(f"{self._who(scenes)}: complete prompts.")

    def _repaint(self) -> None:
        """Another light, mood or camera."""
        wish, verbs = self._wish, self._verbs
        light, mood, camera = wish.value("light"), wish.value("mood"), wish.value("camera")
        pace = next((verb for verb in ("slower", "faster") if verb in verbs), "")
        # Without a camera or a scene in it, "slower" is about the voice.
        pace = "" if "speech" in verbs or not (camera or self._chosen()) else pace
        if not (light or mood or camera or pace):
            return
        scenes = self._meant()
        for scene in scenes:
            new = scene.replace(**with_light(scene, light)) if light else scene
            new = new.replace(**with_mood(new, mood)) if mood else new
            new = new.replace(**with_camera(new, camera, pace)) if camera or pace else new
            fields: dict[str, JsonValue] = {
                name: getattr(new, name)
                for name in ("prompt", "description", "mood", "camera")
                if getattr(new, name) != getattr(scene, name)
            }
            if fields:
                self.changes.append(SetScene(scene=scene.id, fields=fields))
        moved = " ".join(part for part in (pace, camera or ("camera" if pace else "")) if part)
        wanted = ", ".join(part for part in (light, mood, moved) if part)
        self.notes.append(f"{self._who(scenes)}: {wanted}.")

    def _options(self) -> None:
        """Another voice, pace of the voice, or kind of captions."""
        wish, verbs, options = self._wish, self._verbs, self._version.options
        fields: dict[str, JsonValue] = {}
        if captions := wish.value("captions"):
            fields["captions"] = captions
            self.notes.append(f"Captions: {captions}.")
        pace = verbs & {"slower", "faster"}
        if wish.speed is not None or (pace and ("speech" in verbs or not self._chosen())):
            speed = wish.speed
            if speed is None:
                speed = options.speed + (_SPEED_STEP if "faster" in pace else -_SPEED_STEP)
            speed = round(min(max(speed, _SLOWEST), _FASTEST), 2)
            if not wish.value("camera"):
                fields["speed"] = speed
                self.notes.append(f"The voice speaks at {speed:g} times its pace.")
        if "voice" in verbs:
            fields["voice"] = self._voice()
            self.notes.append(f"The voice is {fields['voice']}.")
        if fields:
            self.changes.append(SetOptions(fields=fields))

    def _voice(self) -> str:
        typed, language = plain(self._wish.typed), self._film.brief.language
        known = [name for name in voice_names(language, self._settings) if plain(name) in typed]
        name = max(known, key=len) if known else " ".join(self._wish.unknown)
        if name in ("", AUTO):
            return AUTO
        return choose(language, name, self._settings)[1]

    def _who(self, scenes: Sequence[Scene]) -> str:
        order = self._film.scenes
        if len(scenes) == len(order) > 1:
            return "All scenes"
        numbers = sorted({order.index(scene) + 1 for scene in scenes})
        return f"Scene{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
