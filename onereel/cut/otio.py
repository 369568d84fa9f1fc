"""The Cut as an OpenTimelineIO file, for editors (https://opentimelineio.readthedocs.io)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from ..errors import InstallPart, ReplaceMedia
from ..home import Home
from .otio_presenters import Piece, Presented
from .plan import Card, Clip, Cut, Music, PlacedLine
from .sound.sounds import RATE

__all__ = ["to_otio"]

_Otio = Any


def to_otio(cut: Cut, *, home: Home, named: Callable[[Path], str]) -> str:
    """The Cut as OTIO JSON: picture, presenters, cards, clip sound, narration and music as tracks,
    and markers for scenes and captions.

    A presenter is its picture or its clip, over the picture, with its place and scale in the
    metadata (`otio_presenters`).

    A card is a generator, OTIO's word for what an editing program makes itself: kind "Title", its
    words under "text".

    Media are called as `named` says. Picture counts frames at `cut.fps`; sound counts samples at
    48,000 per second. Gains, which OTIO has no word for, are in the metadata under "onereel".

    Raises:
        InstallPart: the optional part `opentimelineio` is missing.
        ReplaceMedia: a file that the Cut plays cannot be read.
    """
    try:
        import opentimelineio as otio
    except ImportError:
        raise InstallPart(
            "Writing a time line for editors needs OpenTimelineIO: pip install opentimelineio"
        ) from None
    text: str = otio.adapters.write_to_string(_Writer(otio, cut, home, named).timeline())
    return text


class _Writer:
    def __init__(self, otio: _Otio, cut: Cut, home: Home, named: Callable[[Path], str]) -> None:
        self._otio = otio
        self._cut = cut
        self._home = home
        self._named = named
        self._clips = sorted(cut.clips, key=lambda clip: clip.start)
        self._known: dict[str, tuple[Fraction, bool]] = {}

    def timeline(self) -> Any:
        schema = self._otio.schema
        timeline = schema.Timeline(
            name=self._cut.title, global_start_time=self._frames(Fraction(0))
        )
        timeline.metadata["onereel"] = {
            "film": self._cut.film_id,
            "width": self._cut.width,
            "height": self._cut.height,
        }
        picture = self._picture("Picture", schema.TrackKind.Video, self._clips)
        self._mark(picture)
        timeline.tracks.append(picture)
        # What is later in the stack lies above.
        if self._cut.presenters:
            timeline.tracks.append(self._presented(Presented(self._cut, self._home)))
        if self._cut.cards:
            timeline.tracks.append(self._cards(self._cut.cards))
        if any(self._probe(clip.media)[1] for clip in self._clips):
            timeline.tracks.append(self._picture("Clip sound", schema.TrackKind.Audio, self._clips))
        for number, lane in enumerate(_lanes(self._cut.lines), start=1):
            name = "Narration" if number == 1 else f"Narration {number}"
            timeline.tracks.append(self._narration(name, lane))
        if self._cut.music:
            timeline.tracks.append(self._music(self._cut.music))
        return timeline

    def _picture(self, name: str, kind: str, clips: Sequence[Clip]) -> Any:
        """Clips follow each other: each gives way where the next begins, whose transition then
        lies over what the earlier one would still have played."""
        track = self._otio.schema.Track(name=name, kind=kind)
        at = Fraction(0)
        for clip, after in zip(clips, [*clips[1:], None], strict=True):
            if clip.start > at:
                track.append(self._gap(clip.start - at, self._frames))
            if clip.overlap and clip.transition != "cut":
                track.append(self._transition(clip))
            end = min(clip.end, after.start) if after else clip.end
            played = min(end, clip.end - clip.hold) - clip.start
            track.append(self._clip(clip, played))
            if end > clip.start + played:
                track.append(self._freeze(clip, end - clip.start - played))
            at = end
        return track

    def _clip(self, clip: Clip, played: Fraction) -> Any:
        # A time warp leaves the range's length as it is heard and seen on the time line.
        item = self._item(clip.scene_id, clip.media, clip.source_in, played, self._frames)
        item.metadata["onereel"] = {"take": clip.take_id, "gain_db": clip.gain_db}
        if clip.speed != 1:
            item.effects.append(self._otio.schema.LinearTimeWarp(time_scalar=float(clip.speed)))
        return item

    def _freeze(self, clip: Clip, hold: Fraction) -> Any:
        return self._held(clip.scene_id, clip.media, clip.source_out - 1 / self._cut.fps, hold)

    def _held(self, scene: str, media: str, at: Fraction, hold: Fraction) -> Any:
        item = self._item(f"{scene} (held)", media, at, hold, self._frames)
        item.effects.append(self._otio.schema.FreezeFrame())
        return item

    def _transition(self, clip: Clip) -> Any:
        if clip.transition == "dissolve":
            return self._dissolve(after=clip.overlap)
        types = self._otio.schema.TransitionTypes
        return self._otio.schema.Transition(
            name="Fade from black",
            transition_type=types.Custom,
            in_offset=self._frames(Fraction(0)),
            out_offset=self._frames(clip.overlap),
        )

    def _dissolve(self, *, before: Fraction = Fraction(0), after: Fraction = Fraction(0)) -> Any:
        return self._otio.schema.Transition(
            name="Dissolve",
            transition_type=self._otio.schema.TransitionTypes.SMPTE_Dissolve,
            in_offset=self._frames(before),
            out_offset=self._frames(after),
        )

    def _presented(self, presented: Presented) -> Any:
        track = self._otio.schema.Track(name="Presenter", kind=self._otio.schema.TrackKind.Video)
        at, frame = 0, 1 / self._cut.fps
        for piece in presented.pieces():
            if piece.start > at:
                track.append(self._gap((piece.start - at) * frame, self._frames))
            if piece.rise:
                track.append(self._dissolve(after=piece.rise * frame))
            item = self._piece(piece, (piece.end - piece.start) * frame)
            item.metadata["onereel"] = presented.facts(piece.presenter)
            track.append(item)
            if piece.fall:
                track.append(self._dissolve(before=piece.fall * frame))
            at = piece.end
        return track

    def _piece(self, piece: Piece, length: Fraction) -> Any:
        media = piece.presenter.media
        if piece.presenter.is_picture:
            # A still lasts as long as it is wanted.
            span = self._span(Fraction(0), length, self._frames)
            still = self._otio.schema.ExternalReference(self._url(media), available_range=span)
            return self._otio.schema.Clip(piece.scene, media_reference=still, source_range=span)
        if piece.held:
            return self._held(piece.scene, media, piece.source, length)
        return self._item(piece.scene, media, piece.source, length, self._frames)

    def _cards(self, cards: Iterable[Card]) -> Any:
        track = self._otio.schema.Track(name="Cards", kind=self._otio.schema.TrackKind.Video)
        at = Fraction(0)
        for card in cards:
            if card.start > at:
                track.append(self._gap(card.start - at, self._frames))
            span = self._span(Fraction(0), card.end - card.start, self._frames)
            words = self._otio.schema.GeneratorReference(
                generator_kind="Title", available_range=span, parameters={"text": card.text}
            )
            name = card.text.splitlines()[0]
            track.append(
                self._otio.schema.Clip(name=name, media_reference=words, source_range=span)
            )
            at = card.end
        return track

    def _narration(self, name: str, lines: Iterable[PlacedLine]) -> Any:
        track = self._otio.schema.Track(name=name, kind=self._otio.schema.TrackKind.Audio)
        at = Fraction(0)
        for line in lines:
            if line.start > at:
                track.append(self._gap(line.start - at, self._samples))
            item = self._item(line.scene_id, line.media, Fraction(0), line.duration, self._samples)
            item.metadata["onereel"] = {"gain_db": line.gain_db}
            track.append(item)
            at = line.start + line.duration
        return track

    def _music(self, music: Music) -> Any:
        track = self._otio.schema.Track(name="Music", kind=self._otio.schema.TrackKind.Audio)
        length = self._probe(music.media)[0]
        at = Fraction(0)
        while at < self._cut.duration:
            played = min(length, self._cut.duration - at)
            item = self._item("Music", music.media, Fraction(0), played, self._samples)
            item.metadata["onereel"] = {"gain_db": music.gain_db, "duck_db": music.duck_db}
            track.append(item)
            at += played
        return track

    def _mark(self, track: Any) -> None:
        colour = self._otio.schema.MarkerColor
        for clip in self._clips:
            track.markers.append(self._marker(clip.scene_id, clip.start, clip.end, colour.GREEN))
        for caption in self._cut.captions.items if self._cut.captions else ():
            text = caption.text.replace("\n", " ")
            track.markers.append(self._marker(text, caption.start, caption.end, colour.CYAN))

    def _marker(self, name: str, start: Fraction, end: Fraction, colour: str) -> Any:
        span = self._span(start, end - start, self._frames)
        return self._otio.schema.Marker(name=name, marked_range=span, color=colour)

    def _item(
        self,
        name: str,
        media: str,
        start: Fraction,
        duration: Fraction,
        clock: Callable[[Fraction], Any],
    ) -> Any:
        reference = self._otio.schema.ExternalReference(
            target_url=self._url(media),
            available_range=self._span(Fraction(0), self._probe(media)[0], clock),
        )
        source = self._span(start, duration, clock)
        return self._otio.schema.Clip(name=name, media_reference=reference, source_range=source)

    def _gap(self, duration: Fraction, clock: Callable[[Fraction], Any]) -> Any:
        return self._otio.schema.Gap(source_range=self._span(Fraction(0), duration, clock))

    def _span(self, start: Fraction, length: Fraction, clock: Callable[[Fraction], Any]) -> Any:
        return self._otio.opentime.TimeRange(clock(start), clock(length))

    def _frames(self, time: Fraction) -> Any:
        return self._otio.opentime.RationalTime(float(time * self._cut.fps), float(self._cut.fps))

    def _samples(self, time: Fraction) -> Any:
        return self._otio.opentime.RationalTime(round(time * RATE), RATE)

    def _url(self, media: str) -> str:
        return self._named(self._home.path(media))

    def _probe(self, media: str) -> tuple[Fraction, bool]:
        """The file's length in seconds, and whether it sounds."""
        if media not in self._known:
            try:
                with av.open(str(self._home.path(media))) as container:
                    length = Fraction(container.duration or 0, av.time_base)
                    streams = [*container.streams.video, *container.streams.audio]
                    if streams and streams[0].duration and streams[0].time_base:
                        length = streams[0].duration * streams[0].time_base
                    self._known[media] = length, bool(container.streams.audio)
            except (av.FFmpegError, OSError) as error:
                raise ReplaceMedia(f"{media} cannot be read; replace it.") from error
            if self._known[media][0] <= 0:
                raise ReplaceMedia(f"{media} has no length; replace it by another file.")
        return self._known[media]


def _lanes(lines: Iterable[PlacedLine]) -> list[list[PlacedLine]]:
    """Lines that sound at once go to tracks of their own."""
    lanes: list[list[PlacedLine]] = []
    for line in sorted(lines, key=lambda line: line.start):
        for lane in lanes:
            if lane[-1].start + lane[-1].duration <= line.start:
                lane.append(line)
                break
        else:
            lanes.append([line])
    return lanes
