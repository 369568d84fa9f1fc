"""From the plan to the film: one pass, packets copied wherever a clip plays unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from ..errors import ReviseSetting
from ..files import writing
from ..home import Home
from ..lettering import Lettering
from ..work import Cancel, Progress
from .copying import annex_b, copy_pictures
from .encode import REORDER, add_h264, parameters
from .opening import opened, picture_of
from .output import Track, add_captions, add_sound, caption_packets, create, in_order, of_stream
from .overlays.burn import Burner
from .overlays.caption_place import overlays_floor
from .overlays.carding import Carding
from .overlays.overlay import Overlays
from .overlays.painting import Painter
from .overlays.presenting import Presenting
from .plan import Cut
from .probe import Media, probe
from .sound.finish import finish_sound, sound_packets
from .sound.mix import Mix
from .sound.wav import disk_errors
from .timeline import Copied, Drawn, Timeline

__all__ = ["Reel", "render"]


@dataclass(frozen=True)
class Reel:
    """The finished film."""

    path: Path
    duration: Fraction
    """Of the picture, in seconds."""
    width: int
    height: int
    frames: int
    copied: int
    """Frames whose packets were copied; the rest was encoded."""
    integrated: float | None
    """LUFS; None for a silent film."""
    peak: float
    """dBTP; -inf for a silent film."""


def render(
    cut: Cut,
    destination: Path,
    *,
    home: Home,
    fonts: Sequence[Path] = (),
    metadata: Mapping[str, str] | None = None,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Reel:
    """Make the film that `cut` plans, as an MP4 at `destination` (H.264, AAC, mov_text).

    Copies packets where a clip plays unchanged and encodes frames where the plan changes them.
    Never holds more than a few frames. `fonts` are faces of the user's own for burned captions;
    `metadata` is written as tags of any names; a film with clips of a video model says so in its
    comment.

    Raises:
        InstallFont: a burned caption or a card has letters that no face here can draw.
        ReplaceMedia: a clip, a line, a presenter or the music is missing or damaged.
        ReviseSetting: the film's width or height is odd.
        FreeDisk, MakeWritable, StorageError: the disk refused.
        Cancelled: the user stopped the work.
    """
    cancel = cancel or Cancel()
    if cut.width % 2 or cut.height % 2:
        raise ReviseSetting(
            f"A film's width and height must be even, not {cut.width} x {cut.height};"
            " choose another resolution."
        )
    overlays = _overlays(cut, home, fonts)
    media = _probe_all(cut, home, cancel)
    timeline = Timeline(cut, media, [span for each in overlays for span in each.spans])
    pieces = timeline.pieces()
    with writing(destination) as temporary:
        sound = temporary.with_suffix(".m4a")
        try:
            with disk_errors():
                mix = finish_sound(
                    cut, home=home, destination=sound, progress=progress.part(0, 0.4), cancel=cancel
                )
            with create(temporary, {**_origin(cut), **(metadata or {})}) as container:
                tracks = _tracks(container, timeline, pieces, mix, overlays)
                in_order(
                    container,
                    tracks,
                    duration=cut.duration,
                    progress=progress.part(0.4, 1),
                    cancel=cancel,
                    note="Cutting the film",
                )
        finally:
            sound.unlink(missing_ok=True)
    progress(1, "The film is cut")
    return Reel(
        path=destination,
        duration=timeline.count / cut.fps,
        width=cut.width,
        height=cut.height,
        frames=timeline.count,
        copied=sum(piece.count for piece in pieces if isinstance(piece, Copied)),
        integrated=mix.integrated,
        peak=mix.peak,
    )


def _origin(cut: Cut) -> dict[str, str]:
    """Tag what a video model made, as laws on synthetic media ask, and what is only a draft."""
    models = dict.fromkeys(clip.made_by for clip in cut.clips if clip.made_by)
    if not models:
        return {}
    drafts = ", ".join(clip.scene_id for clip in cut.clips if clip.draft)
    told = f"Contains AI-generated video ({', '.join(models)})."
    return {"comment": f"{told} Drafts: {drafts}." if drafts else told}


def _overlays(cut: Cut, home: Home, fonts: Sequence[Path]) -> tuple[Overlays, ...]:
    """What is drawn over the film, the lowest first: captions lie over cards and presenters."""
    captions = cut.captions if cut.captions and cut.captions.items else None
    lettering = Lettering(fonts)
    burner = None
    floor = overlays_floor(cut)
    if captions and captions.mode == "burned":
        burner = Burner(cut, lettering)
        floor = min(floor, burner.top) if cut.presenters or cut.cards else floor
    presenting = Presenting(cut, home=home, floor=floor) if cut.presenters else None
    carding = Carding(cut, lettering, floor=floor) if cut.cards else None
    return tuple(each for each in (presenting, carding, burner) if each)


def _probe_all(cut: Cut, home: Home, cancel: Cancel) -> list[Media]:
    known: dict[str, Media] = {}
    for clip in cut.clips:
        cancel.check()
        if clip.media not in known:
            known[clip.media] = probe(home.path(clip.media))
    return [known[clip.media] for clip in cut.clips]


def _tracks(
    container: OutputContainer,
    timeline: Timeline,
    pieces: tuple[Copied | Drawn, ...],
    mix: Mix,
    overlays: Sequence[Overlays],
) -> list[Track]:
    cut = timeline.cut
    picture, start_codes = _add_picture(container, timeline, pieces)
    sound = add_sound(container, mix.rate, mix.channels)
    tracks: list[Track] = [
        _picture_track(timeline, pieces, picture, start_codes, overlays),
        of_stream(sound_packets(mix.path), sound),
    ]
    if cut.captions and cut.captions.mode == "soft" and cut.captions.items:
        captions = add_captions(container, cut.captions.language)
        tracks.append(caption_packets(cut.captions.items, captions))
    return tracks


def _add_picture(
    container: OutputContainer, timeline: Timeline, pieces: tuple[Copied | Drawn, ...]
) -> tuple[Stream, bool]:
    """Add the picture's track; also say whether its packets must carry start codes.

    They must where encoders change within the track, each with parameter sets of its own.
    """
    cut = timeline.cut
    copied = [timeline.media[piece.clip] for piece in pieces if isinstance(piece, Copied)]
    if not copied:
        return add_h264(container, cut.width, cut.height, cut.fps), True
    with opened(copied[0].path, packets_only=True) as source:
        stream = container.add_stream_from_template(picture_of(source, copied[0].path), opaque=True)
    stream.time_base = 1 / cut.fps
    stream.metadata.clear()
    one_encoder = len({media.video.parameters for media in copied}) == 1
    start_codes = not one_encoder or any(isinstance(piece, Drawn) for piece in pieces)
    if start_codes:
        first = pieces[0]
        stream.codec_context.extradata = (
            annex_b(copied[0].video.parameters)
            if isinstance(first, Copied)
            else parameters(cut.width, cut.height, cut.fps)
        )
    return stream, start_codes


def _picture_track(
    timeline: Timeline,
    pieces: tuple[Copied | Drawn, ...],
    stream: Stream,
    start_codes: bool,
    overlays: Sequence[Overlays],
) -> Iterator[Packet[Stream]]:
    """Packets of the whole film, one frame apart in showing and in decoding order.

    The n-th packet is decoded at frame n - delay, so decoding never runs late and never stops.
    """
    delay = max(
        REORDER if isinstance(piece, Drawn) else timeline.media[piece.clip].video.reorder
        for piece in pieces
    )
    number = 0
    with ExitStack() as stack:
        painter = Painter(timeline, overlays, stack)
        for piece in pieces:
            if isinstance(piece, Copied):
                found = copy_pictures(
                    timeline.media[piece.clip], piece.first, piece.count, start_codes=start_codes
                )
            else:
                found = painter.packets(piece)
            for frame, packet in found:
                packet.stream = stream
                packet.time_base = 1 / timeline.cut.fps
                packet.pts = piece.start + frame
                packet.dts = number - delay
                packet.duration = 1
                number += 1
                yield packet
