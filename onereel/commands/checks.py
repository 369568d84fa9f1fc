"""`settings check`: whether everything that a film needs is there, one line each."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..errors import AddKey, ChooseVoice, EnterPrice, OneReelError, ServiceError
from ..home import Home
from ..money import dollars
from ..remote import Patience
from ..settings import Settings, settings_file
from ..settings.keys import key_of
from ..settings.variables import OWNERS, VARIABLES, set_variable
from ..shoot.models.registry import Registry
from ..shoot.shot import PaidRenderer
from ..story.writers.gemini import list_gemini_models
from ..story.writers.ollama import list_models

__all__ = ["CHECKS", "Check", "Finding", "State", "findings", "run_checks"]

State = Literal["ok", "off", "wrong"]

_LITTLE_DISK = 2 * 10**9
"""Bytes. A long film and its temporary files take about as much."""
_LITTLE_MEMORY = 10**9
_UNKNOWN: tuple[Literal["unknown"]] = ("unknown",)
_PATIENCE = Patience(connect=5, silence=15, call=20)


@dataclass(frozen=True)
class Finding:
    """A line of the check: `off` is what need not be there, `wrong` what must be mended."""

    name: str
    state: State
    words: str
    place: str = ""
    """Where on this machine; who asks from another one is not told."""


Check = Callable[[Home, Settings], Iterable[Finding]]


def run_checks(home: Home) -> int:
    """Print what every check finds; return 1 where something is wrong, else 0.

    Raises:
        ReviseSetting: the settings file itself is wrong.
    """
    settings = Settings.load(home)
    wrong = False
    for finding in findings(home, settings):
        wrong = wrong or finding.state == "wrong"
        words = " ".join(part for part in (finding.words, finding.place) if part)
        print(f"{finding.state:<5}  {finding.name}: {words}")
    return int(wrong)


def findings(home: Home, settings: Settings) -> Iterator[Finding]:
    """What every check finds, each as soon as it is known. Services are asked: it may take a
    while."""
    for check in CHECKS:
        yield from check(home, settings)


def _folders(home: Home, settings: Settings) -> Iterable[Finding]:
    yield Finding("home", "ok", "", f"{home.private}, media in {home.media}")
    file = settings_file(home)
    modes = f", mode {file.stat().st_mode & 0o777:o}" if os.name != "nt" else ""
    yield Finding("settings", "ok", "", f"{file}{modes}")


def _models(home: Home, settings: Settings) -> Iterable[Finding]:
    try:
        registry = Registry.load(home)
    except OneReelError as error:
        yield Finding("models", "wrong", error.user_message)
        return
    dates = [model.checked for model in registry.models.values() if model.checked and model.tasks]
    corrected = registry.file.is_file()
    oldest = min(dates).isoformat() if dates else "the owner"
    words = f"{len(registry.models)}, with figures of {oldest}"
    yield Finding(
        "models",
        "ok",
        f"{words}, corrected by" if corrected else words,
        str(registry.file) if corrected else "",
    )
    renderers: tuple[tuple[str, PaidRenderer], ...] = (("Veo", "veo"), ("Omni", "omni"))
    for name, renderer in renderers:
        model = registry.model(registry.usual(renderer))
        try:
            model.door(settings.google.reach())
        except AddKey as error:
            yield Finding(name, "off", error.user_message)
        else:
            yield _asked(name, renderer, home, settings)


def _asked(name: str, renderer: PaidRenderer, home: Home, settings: Settings) -> Finding:
    """Ask a service, free of charge, whether it takes the key."""
    from ..shoot.google.omni import Omni
    from ..shoot.google.veo import Veo

    kind = Veo if renderer == "veo" else Omni

    async def ask() -> str:
        async with kind(settings.google, home, patience=_PATIENCE) as service:
            return await service.check()

    try:
        return Finding(name, "ok", asyncio.run(ask()))
    except OneReelError as error:
        return Finding(name, "wrong", error.user_message)


def _variables(home: Home, settings: Settings) -> Iterable[Finding]:
    """Variables that hold no key, which the settings therefore leave aside."""
    for line, names in VARIABLES.items():
        variable = set_variable(*names)
        if not line.endswith("api_key") or not variable:
            continue
        try:
            key_of(OWNERS.get(line, ""), os.environ[variable])
        except ValueError as error:
            yield Finding(variable, "wrong", f"it is set, but {error}; correct or unset it.")


def _ollama(home: Home, settings: Settings) -> Iterable[Finding]:
    try:
        models = asyncio.run(list_models(settings.ollama))
    except ServiceError as error:
        yield Finding("Ollama", "off", error.user_message)
    except OneReelError as error:
        yield Finding("Ollama", "wrong", error.user_message)
    else:
        host = settings.ollama.host
        one = len(models) == 1
        words = f"1 model at {host}" if one else f"{len(models)} models at {host}"
        yield Finding("Ollama", "ok", words)


def _speech(home: Home, settings: Settings) -> Iterable[Finding]:
    # Only now: the voices load numpy.
    from ..voice.engines.speech_price import price_of
    from ..voice.engines.speech_server import SpeechServer

    where = settings.speech.address
    if not where:
        yield Finding("speech server", "off", "none is named under [speech] in the settings file.")
        return
    try:
        count = len(SpeechServer(settings.speech).listed())
    except ChooseVoice:
        count = 0
    except OneReelError as error:
        yield Finding("speech server", "wrong", error.user_message)
        return
    said = f"{count} voices at {where}" if count else f"answers at {where}, and lists no voices"
    try:
        dear = price_of(" " * 1000, settings.speech)
    except EnterPrice as error:
        yield Finding("speech server", "wrong", f"{said}. {error.user_message}")
    else:
        cost = f"; {dollars(dear)} for 1,000 characters" if dear else ""
        yield Finding("speech server", "ok", f"{said}{cost}")


def _elevenlabs(home: Home, settings: Settings) -> Iterable[Finding]:
    """Whether the key is taken, and for what money its voices may speak."""
    from ..voice.engines.elevenlabs_library import Library

    name = "ElevenLabs"
    if not settings.elevenlabs.api_key.get_secret_value():
        yield Finding(
            name, "off", "it needs a key: run `python -m onereel settings set elevenlabs-api-key`."
        )
        return
    try:
        voices = Library(settings.elevenlabs).listed()
        price = Registry.load(home).voice(settings.elevenlabs.model).worth(Decimal(1000))
    except EnterPrice as error:
        yield Finding(name, "off", error.user_message)
    except OneReelError as error:
        yield Finding(name, "wrong", error.user_message)
    else:
        words = f"{len(voices)} voices, for {dollars(price)} a thousand credits."
        yield Finding(name, "ok" if settings.buying.on else "off", words)


def _gemini(home: Home, settings: Settings) -> Iterable[Finding]:
    """Whether Gemini may write: with which models, and for what money."""
    name = "Gemini as a writer"
    try:
        asyncio.run(list_gemini_models(settings.google, patience=_PATIENCE))
    except AddKey as error:
        wrong = bool(settings.google.gemini_api_key.get_secret_value())
        yield Finding(name, "wrong" if wrong else "off", error.user_message)
    except OneReelError as error:
        yield Finding(name, "wrong", error.user_message)
    else:
        may = settings.buying.on or settings.buying.free_key
        yield Finding(name, "ok" if may else "off", settings.buying.words_in_words())


def _disk(home: Home, settings: Settings) -> Iterable[Finding]:
    folder = next(each for each in (home.media, *home.media.parents) if each.is_dir())
    free = shutil.disk_usage(folder).free
    words, place = f"{_gigabytes(free)} free", f"in {folder}"
    if free < _LITTLE_DISK:
        yield Finding(
            "disk", "wrong", f"only {words}; free {_gigabytes(_LITTLE_DISK)}", f"{place}."
        )
    else:
        yield Finding("disk", "ok", words, place)


def _memory(home: Home, settings: Settings) -> Iterable[Finding]:
    import psutil

    free = psutil.virtual_memory().available
    if free < _LITTLE_MEMORY:
        words = f"only {_gigabytes(free)} free; close other programs before a long film."
        yield Finding("memory", "wrong", words)
    else:
        yield Finding("memory", "ok", f"{_gigabytes(free)} free")


def _ledger(home: Home, settings: Settings) -> Iterable[Finding]:
    from ..shoot.ledger.ledger import DATABASE, Ledger

    url = settings.ledger.url.get_secret_value()
    if not url and not (home.private / DATABASE).is_file():
        yield Finding("ledger", "off", "nothing was bought yet.")
        return
    try:
        with Ledger.open(home, url=url) as ledger:
            totals = ledger.totals(zone=settings.buying.zone)
            unknown = [*ledger.entries(states=_UNKNOWN), *ledger.spendings(states=_UNKNOWN)]
    except OneReelError as error:
        yield Finding("ledger", "wrong", error.user_message)
        return
    day, held = dollars(totals.day_charged), dollars(totals.day_held)
    spent = (
        f"{day} spent today and {held} set aside, {dollars(totals.month_charged)} spent this month"
    )
    if not unknown:
        yield Finding("ledger", "ok", f"{spent}.")
        return
    yield Finding(
        "ledger",
        "wrong",
        f"{spent}; {len(unknown)} of unknown outcome: see `python -m onereel ledger list`.",
    )


def _gigabytes(size: int) -> str:
    return f"{size / 10**9:.1f} GB"


def _buying(home: Home, settings: Settings) -> Iterable[Finding]:
    yield Finding("buying", "ok" if settings.buying.on else "off", settings.buying.in_words())


CHECKS: tuple[Check, ...] = (
    _folders,
    _models,
    _variables,
    _ollama,
    _speech,
    _elevenlabs,
    _gemini,
    _disk,
    _memory,
    _buying,
    _ledger,
)
"""All checks, in the order of their lines. A part that has something to check adds one here."""
