"""How Gemini is asked to speak: one voice, or two that answer each other.

https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/text-to-speech/overview: since
Gemini 3.8 a part's text is what is read, word by word, and how stands beside it, in
`speech_metadata`, with the speaker where there are two; those before it take both in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..purse import Turn

if TYPE_CHECKING:
    from google.genai import types

__all__ = ["parts_of", "speech_config"]

_BESIDE = (3, 8)
"""The first version that takes a style beside the text."""


def parts_of(turns: Sequence[Turn], style: str, model: str) -> list[types.Part]:
    """What is said: a part for each turn."""
    from google.genai import types

    several = len({turn.voice for turn in turns}) > 1
    if not _beside(model):
        said = [f"{turn.voice}: {turn.text}" if several else turn.text for turn in turns]
        text = "\n".join(said)
        # As Google's guide of those models has it: how, a colon, and what.
        return [types.Part(text=f"Read aloud, {style.rstrip(' .:')}:\n{text}" if style else text)]
    parts = []
    for turn in turns:
        speaker = turn.voice if several else None
        how = types.SpeechMetadata(speaker=speaker, style=style or None)
        parts.append(types.Part(text=turn.text, speech_metadata=how if several or style else None))
    return parts


def speech_config(turns: Sequence[Turn]) -> types.SpeechConfig:
    """Who says it: one prebuilt voice, or exactly two, each under its own name."""
    from google.genai import types

    voices = dict.fromkeys(turn.voice for turn in turns)
    configs = {
        voice: types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name=voice))
        for voice in voices
    }
    if len(configs) == 1:
        return types.SpeechConfig(voice_config=next(iter(configs.values())))
    speakers = [
        types.SpeakerVoiceConfig(speaker=voice, voice_config=config)
        for voice, config in configs.items()
    ]
    return types.SpeechConfig(
        multi_speaker_voice_config=types.MultiSpeakerVoiceConfig(speaker_voice_configs=speakers)
    )


def _beside(model: str) -> bool:
    found = re.match(r"gemini-(\d+)(?:\.(\d+))?", model)
    # A name without a number is of today's.
    return found is None or (int(found[1]), int(found[2] or 0)) >= _BESIDE
