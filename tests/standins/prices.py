"""What the stand-ins know of the video models, and the charges they make.

The figures are those of the facts file (google.md, "Models and prices", 2026-11-21), written down
here once more (U1): a stand-in that read OneReel's own registry would agree with its mistakes.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

__all__ = ["IMAGES", "MODELS", "Charge", "VideoModel"]


@dataclass(frozen=True)
class VideoModel:
    """One model: what it accepts, and dollars a second by resolution."""

    id: str
    durations: tuple[int, ...]
    prices: dict[str, Decimal]
    references: int = 0
    frames: bool = True
    """Whether it takes a first and a last frame, and goes on from a video."""
    reference_duration: int | None = None
    aspects: tuple[str, ...] = ("16:9", "9:16")
    sizes: dict[str, int] = field(
        default_factory=lambda: {"360p": 360, "720p": 720, "1080p": 1080, "4k": 2160}
    )

    def size(self, resolution: str, aspect: str) -> tuple[int, int]:
        short = self.sizes[resolution]
        long = short * 16 // 9
        return (long, short) if aspect == "16:9" else (short, long)

    def price(self, resolution: str, seconds: int, samples: int = 1) -> Decimal:
        """Dollars; a silent clip costs as much as one with sound (U2)."""
        return self.prices[resolution] * seconds * samples


def _veo(id: str, prices: str, **more: Any) -> VideoModel:
    return VideoModel(id, (4, 6, 8), _prices("720p 1080p 4k", prices), **more)


def _prices(resolutions: str, prices: str) -> dict[str, Decimal]:
    return dict(zip(resolutions.split(), map(Decimal, prices.split()), strict=False))


_OMNI = "360p 720p 1080p 4k"
MODELS = {
    model.id: model
    for model in (
        _veo("veo-3.1-generate-001", ".40 .40 .60", references=3, reference_duration=8),
        _veo("veo-3.1-fast-generate-001", ".10 .12 .30", references=3, reference_duration=8),
        _veo("veo-3.1-lite-generate-001", ".05 .08", frames=False),
        VideoModel(
            "gemini-omni-1.1-flash", tuple(range(3, 11)), _prices(_OMNI, ".03 .10 .15 .30"), 6
        ),
        VideoModel(
            "gemini-omni-1.2-flash", tuple(range(3, 16)), _prices(_OMNI, ".023 .07 .105 .21"), 6
        ),
    )
}
IMAGES = {"gemini-nano-banana-2.1": Decimal("0.0504")}
"""Dollars a picture at 2K; other sizes cost as much here, other models nothing (U3)."""


@dataclass(frozen=True)
class Charge:
    """Money taken for one operation."""

    operation: str
    model: str
    seconds: int
    amount: Decimal
    prompt: str = ""
    samples: int = 1

    @property
    def json(self) -> dict[str, Any]:
        return {**asdict(self), "amount": str(self.amount)}

    @classmethod
    def of(cls, data: dict[str, Any]) -> Charge:
        return cls(**{**data, "amount": Decimal(data["amount"])})
