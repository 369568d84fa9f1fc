"""The voices of this machine: how fast they narrate, how well they are understood, and how exactly
their words are timed.

    pip install pocketsphinx
    python -m benchmarks.voices narrating|hearing|timing [FOLDER]

FOLDER holds voices that were fetched (Piper's, Kokoro's). pocketsphinx is a weak recogniser, so its
word errors compare voices of one run and say nothing by themselves. It also finds where known words
begin in a sound: how far it is off stands in the row of espeak-ng, which tells that exactly.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onereel.home import Home
from onereel.settings import Settings, VoiceSettings
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.screenplay import Scene, Screenplay
from onereel.story.templates.template import BUILT_IN
from onereel.voice.align import timed_words
from onereel.voice.casting import Casting, Speaker
from onereel.voice.engines import known as engines
from onereel.voice.lengths import word_lengths
from onereel.voice.narrate import narrate
from onereel.voice.signal import Samples, resampled
from onereel.voice.speaking import Sound, speak_parts
from onereel.work import Cancel

if TYPE_CHECKING:
    from pocketsphinx import Decoder

IDEA = "How do bees find their way home?"
IDEAS = (IDEA, "A lighthouse keeper finds a message in a bottle", "Why the moon has phases")
_RATE = 16_000
"""What the recogniser hears."""
_FRAME = 0.01
_LINES = 30
_FEW = 9
"""Words that leave room for a second line in a scene of eight seconds."""
_READINGS = Path(__file__).parents[1] / "tests" / "library" / "readings.json"


def settings_for(folder: str) -> Settings:
    """Settings that know a folder of voices."""
    return Settings(voice=VoiceSettings(folder=Path(folder) if folder else None))


def local_engines(folder: str) -> list[str]:
    """The engines of this machine that speak English here."""
    return [
        engine.name
        for engine in engines.installed(settings_for(folder))
        if engine.local and engine.voices("en")
    ]


def lines() -> list[str]:
    """Some of them, from all films."""
    plain = all_lines()
    return plain[:: max(len(plain) // _LINES, 1)][:_LINES]


def all_lines() -> list[str]:
    """Narrated lines of films by the built-in writer, without any figures."""
    found: list[str] = []
    for template in BUILT_IN:
        for idea in IDEAS:
            film = write_builtin(Brief(idea=idea, template=template, duration=24))
            found += [scene.narration for scene in film.scenes if scene.narration]
    return [each for each in dict.fromkeys(found) if not re.search(r"[\d\[*:]", each)]


def figures() -> dict[str, str]:
    """Lines with numbers, dates and units, and how they are read."""
    read: dict[str, str] = json.loads(_READINGS.read_text("utf-8"))["read"]["en"]
    return {line: told for line, told in read.items() if re.search(r"\d", line)}


def speak(name: str, text: str, folder: str, home: Home) -> Sound:
    """A line as a film has it."""
    narrator = Speaker(*engines.choose("en", name, settings_for(folder)))
    parts = Casting(narrator=narrator, people={}, language="en").parts(text)
    sound = speak_parts(parts, home, Cancel())
    assert sound is not None
    return sound


# narrating


def spoken_through(film: Screenplay) -> Screenplay:
    """The film with a line of its own in each scene, and a second one where both have room."""
    left = iter(all_lines())
    scenes: list[Scene] = []
    for scene, line in zip(film.scenes, left, strict=False):
        if len(line.split()) < _FEW and (more := next(left, "")):
            line = f"{line} {more}"
        scenes.append(scene.replace(narration=line))
    return film.replace(scenes=tuple(scenes))


def narrate_once(name: str, seconds: int, folder: str) -> None:
    """In a process of its own: print the seconds it took, those of speech, and the peak in MB."""
    film = spoken_through(write_builtin(Brief(idea=IDEA, template="explainer", duration=seconds)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as temporary:
        home = Home(Path(temporary), Path(temporary) / "media")
        begun = time.perf_counter()
        told = narrate(film, home=home, settings=settings_for(folder), voice=name)
        took = time.perf_counter() - begun
    spoken = sum(float(line.duration) for line in told.lines)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([took, spoken, before / 1024, peak / 1024]))


def narrating(folder: str) -> None:
    """Print the table of speeds."""
    print("| voice | film | speech, s | took, s | took / speech | peak MB | of it before |")
    print("|---|---|---|---|---|---|---|")
    for name in local_engines(folder):
        for minutes in (1, 10):
            command = [sys.executable, "-m", "benchmarks.voices", "once", name, str(minutes * 60)]
            ran = subprocess.run([*command, folder], check=True, capture_output=True, text=True)
            took, spoken, before, peak = json.loads(ran.stdout)
            print(
                f"| {name} | {minutes} min | {spoken:.0f} | {took:.1f} | {took / spoken:.3f}"
                f" | {peak:.0f} | {before:.0f} |",
                flush=True,
            )


# hearing


def words_of(text: str) -> list[str]:
    """A text as the recogniser writes it."""
    return re.findall(r"[a-z']+", text.lower().replace("-", " "))


def word_errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words to be changed, added or left out: Levenshtein's distance."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (word != other))
    return row[-1]


def as_heard(samples: Samples, rate: int) -> bytes:
    """A sound as the recogniser wants it, with silence around it."""
    heard = np.pad(resampled(samples, rate, _RATE), _RATE // 4)
    return (np.clip(heard, -1, 1) * 32767).astype("<i2").tobytes()


def recognise(decoder: Decoder, sound: Sound) -> list[str]:
    """The words that are heard."""
    decoder.start_utt()
    decoder.process_raw(as_heard(sound.samples, sound.rate), full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return found.hypstr.split() if found else []


def hearing(folder: str) -> None:
    """Print the table of word errors."""
    from pocketsphinx import Decoder

    decoder = Decoder(samprate=_RATE, loglevel="FATAL")
    plain = {line: line for line in lines()}
    print("| voice | lines | words | word errors | with figures | words | word errors |")
    print("|---|---|---|---|---|---|---|")
    for name in local_engines(folder):
        cells: list[str] = []
        with tempfile.TemporaryDirectory() as temporary:
            home = Home(Path(temporary), Path(temporary))
            for texts in (plain, figures()):
                wrong = count = 0
                for text, told in texts.items():
                    said = words_of(told)
                    wrong += word_errors(said, recognise(decoder, speak(name, text, folder, home)))
                    count += len(said)
                cells += [f"{len(texts)}", f"{count}", f"{wrong / count:.2f}"]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


# timing


def begun(decoder: Decoder, sound: Sound, text: str) -> list[float]:
    """Where the recogniser finds the words of a text to begin, in seconds."""
    decoder.set_align_text(" ".join(words_of(text)))
    decoder.start_utt()
    decoder.process_raw(as_heard(sound.samples, sound.rate), full_utt=True)
    decoder.end_utt()
    found = (each for each in decoder.seg() or () if re.match(r"[a-z]", each.word))
    return [each.start_frame * _FRAME - 0.25 for each in found]


def known_to(decoder: Decoder, texts: Sequence[str]) -> Iterator[str]:
    """The lines all of whose words the recogniser knows, one for each that is written."""
    for text in texts:
        said = words_of(text)
        if len(said) == len(text.split()) and all(decoder.lookup_word(word) for word in said):
            yield text


def row(who: str, against: str, errors: Sequence[float]) -> None:
    """Print a row of errors, in milliseconds."""
    of = np.abs(errors) * 1000
    print(
        f"| {who} | {against} | {len(of)} | {np.median(of):.0f} | {np.percentile(of, 90):.0f} |",
        flush=True,
    )


def timing(folder: str) -> None:
    """Print the table of word timings."""
    from pocketsphinx import Decoder

    decoder = Decoder(samprate=_RATE, loglevel="FATAL")
    texts = list(known_to(decoder, lines()))
    print("| words timed by | against | words | median error, ms | 90 % below, ms |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        home = Home(Path(temporary), Path(temporary))
        withheld: list[float] = []
        for text in texts:
            sound = speak("espeak", text, folder, home)
            found = timed_words(text, sound.samples, sound.rate, weights=word_lengths(text, "en"))
            pairs = zip(found, sound.words, strict=True)
            withheld += [float(each.start - exact.start) for each, exact in pairs]
        row("the sound alone (speech servers, Gemini, Collect Lines)", "espeak-ng", withheld)
        for name in local_engines(folder):
            errors: list[float] = []
            for text in texts:
                sound = speak(name, text, folder, home)
                starts = begun(decoder, sound, text)
                if len(starts) == len(sound.words):
                    told = zip(sound.words, starts, strict=True)
                    errors += [float(word.start) - start for word, start in told]
            row(name, "pocketsphinx's alignment", errors)


def main(words: list[str]) -> None:
    """Print a table."""
    what, *rest = words
    if what == "once":
        narrate_once(rest[0], int(rest[1]), rest[2])
        return
    {"narrating": narrating, "hearing": hearing, "timing": timing}[what](rest[0] if rest else "")


if __name__ == "__main__":
    main(sys.argv[1:])
