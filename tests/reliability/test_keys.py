"""After all that can go wrong, no key and no token is where it does not belong."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from onereel.commands.ledger import main as ledger_command
from onereel.errors import OneReelError
from onereel.settings import Settings
from onereel.shoot.order import PaidOptions
from tests.reliability.keys import leaks_in, leaks_in_files, leaks_on_the_wire, secrets_of
from tests.reliability.production import OMNI, VEO, Production, film
from tests.standins import Fault, Google
from tests.standins.google import EXPRESS_KEY, GEMINI_KEY
from tests.standins.google_storage import BUCKET

ECHO = (
    "The request with x-goog-api-key: {0} and Authorization: Bearer {1} was refused"
    " (https://example.com/v1?key={0}&alt=media), and {2} too."
)
SCREENPLAY = film(*(f"Robot {name} works" for name in "ABCDE"))


@contextmanager
def everything_logged() -> Iterator[list[str]]:
    """What any logger of this process says, as a handler sees it that nobody filters."""
    lines: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(logging.Formatter("%(name)s %(message)s %(exc_text)s").format(record))

    root, handler = logging.getLogger(), Listening()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def echoing(google: Google) -> list[Fault]:
    """A provider that repeats in its errors what it was sent."""
    token = next(iter(google.world.tokens), "ya29.a-token-of-the-provider")
    words = ECHO.format(GEMINI_KEY, token, EXPRESS_KEY)
    return [
        Fault("400", where="submit", match="Robot A", message=words, times=None),
        Fault("500", where="submit", match="Robot B", message=words, times=None),
        Fault("error", where="outcome", match="Robot C", message=words, times=None),
        Fault("403", where="poll", match="Robot D", message=words, times=None),
    ]


@pytest.mark.parametrize("door", ["vertex", "express", "gemini"])
async def test_no_key_is_where_it_does_not_belong(
    door, google, tmp_path, monkeypatch, capsys: pytest.CaptureFixture[str]
):
    options: PaidOptions = OMNI if door == "gemini" else VEO
    # The keys that are not asked for lie there all the same.
    settings = f'[buying]\non = true\n\n[google]\nvertex_api_key = "{EXPRESS_KEY}"\n'
    if door == "vertex":
        settings += f'bucket = "gs://{BUCKET}/films"\n'
    if door == "express":
        monkeypatch.delenv("GOOGLE_CLOUD_PROJECT")
    with Google(latency=0) as other:
        # The other service is at another address, which has no business with this one's keys.
        elsewhere = ["VERTEX", "GEMINI"][door != "gemini"]
        monkeypatch.setenv(f"GOOGLE_{elsewhere}_BASE_URL", other.url)
        production = Production(google, tmp_path, options=options, settings=settings)
        Settings.load(production.home)
        said: list[str] = []
        with everything_logged() as lines:
            for faults in (echoing(google), echoing(google), []):
                google.plan.set(faults)
                takes = await production.shoot(SCREENPLAY)
                said += [take.to_json() for take in takes.values()]
            google.plan.set([])
            try:
                await production.shoot(SCREENPLAY, on_missing="stop")
            except OneReelError as error:
                said.append(str(error))
            monkeypatch.setenv("ONEREEL_HOME", str(production.home.private))
            key = production.entries()[2].key
            for words in (["list"], ["show", key], ["export", "--json", "-"], ["export", "-"]):
                ledger_command(words)
            ledger_command(["dispute", key, "--output", str(tmp_path / "dispute.zip")])
        assert other.requests == []
    secrets = secrets_of(google, tmp_path)
    # What the provider repeated was shown, and the keys in it were not.
    assert any("was refused" in note and "***" in note for note in said)
    assert any("HTTP" in line for line in lines)
    printed = capsys.readouterr()
    found = [
        *leaks_in_files(tmp_path, secrets),
        *leaks_in("the log", "\n".join(lines), secrets),
        *leaks_in("a take or an error", "\n".join(said), secrets),
        *leaks_in("the command line", printed.out + printed.err, secrets),
    ]
    assert found == []
    opens = {"vertex": "bearer", "express": EXPRESS_KEY, "gemini": GEMINI_KEY}[door]
    assert list(leaks_on_the_wire(google, opens=opens)) == []
    assert google.charges
