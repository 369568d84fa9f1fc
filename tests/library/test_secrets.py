"""No secret in any text, and keys as people paste them. The keys here are invented."""

import io
import logging
import sys
from urllib.parse import quote

import pytest

from onereel.errors import AddKey, TryAgain
from onereel.secrets import MASK, Masking, hide, mask
from onereel.settings.keys import clean_key

GOOGLE = "AIza" + "Sy0123456789_invented-key-0123456"
PLAIN = "standin-gemini-key"
TOKEN = "ya29." + "a0AbCdEf_invented-0123456789"


@pytest.mark.parametrize(
    "pasted",
    [
        GOOGLE,
        f"  {GOOGLE}\n",
        f"\t{GOOGLE}\r\n\r\n",
        f'"{GOOGLE}"',
        f"'{GOOGLE}'\n",
        f"`{GOOGLE}`",
        f"\u201c{GOOGLE}\u201d",
        f"\u200b{GOOGLE}\ufeff",
        f"{GOOGLE[:9]}\u200b{GOOGLE[9:]}",
        f"\u00a0{GOOGLE}\u00a0",
        f"GEMINI_API_KEY={GOOGLE}",
        f'export GOOGLE_API_KEY="{GOOGLE}"\n',
        f"$env:GEMINI_API_KEY = '{GOOGLE}'",
        f"gemini_api_key = '{GOOGLE}'",
    ],
)
def test_a_pasted_key_is_cleaned(pasted: str):
    assert clean_key(pasted) == GOOGLE


@pytest.mark.parametrize("nothing", ["", "  ", "\n", '""', "\u200b"])
def test_nothing_stays_nothing(nothing: str):
    assert clean_key(nothing) == ""


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        (f"{GOOGLE[:20]} {GOOGLE[20:]}", "space or line break"),
        (f"{GOOGLE[:20]}\n{GOOGLE[20:]}", "space or line break"),
        (f"{GOOGLE}\n{GOOGLE}", "space or line break"),
        (f"my key is {GOOGLE}", "space or line break"),
        (GOOGLE.replace("0", "\u0430"), "only letters, digits"),
        (GOOGLE + "\x00", "only letters, digits"),
        (GOOGLE + "\u2026", "only letters, digits"),
        ('{"type": "service_account"}', "placeholder|space"),
        ("https://aistudio.google.com/apikey", "an address"),
        ("somebody@example.com", "an address"),
        ("YOUR_API_KEY", "placeholder"),
        ("your-api-key-here", "placeholder"),
        ("PASTE_YOUR_KEY_HERE", "placeholder"),
        ("<your key>", "placeholder"),
        ("${GEMINI_API_KEY}", "only letters|placeholder"),
        ("$GEMINI_API_KEY", "placeholder"),
        ("%GEMINI_API_KEY%", "placeholder"),
        ("xxxxxxxxxxxxxxxxxxxx", "placeholder"),
        ("********************", "placeholder"),
        ("AIza", "16 to 512 characters, not 4"),
        ("a" * 513, "16 to 512 characters, not 513"),
    ],
)
def test_what_is_no_key_is_refused_without_repeating_it(pasted: str, reason: str):
    with pytest.raises(ValueError, match=reason) as raised:
        clean_key(pasted)
    assert pasted[:12] not in str(raised.value) or len(pasted) < 12


def test_a_key_that_never_ends_is_refused_at_once():
    for endless in ("my_" + "a_" * 100_000, "a=" * 100_000, " " * 100_000 + "b", "$" * 100_000):
        with pytest.raises(ValueError):
            clean_key(endless)


def test_hidden_secrets_are_masked_however_they_are_written():
    secret = "p4ss word/with+signs"
    hide(secret, PLAIN, "short")
    text = f"{PLAIN} in {PLAIN}x, {secret}, {quote(secret, safe='')}, and a short word"
    assert mask(text) == f"{MASK} in {MASK}x, {MASK}, {MASK}, and a short word"


def test_the_longer_of_two_secrets_is_covered_whole():
    hide("invented-secret", "invented-secret-longer")
    assert mask("invented-secret-longer") == MASK


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"Authorization: Bearer {TOKEN}", f"Authorization: Bearer {MASK}"),
        ("{'authorization': 'Bearer abc'}", f"{{'authorization': 'Bearer {MASK}'}}"),
        ("'Authorization': 'Basic dXNlcjpwYXNz'", f"'Authorization': 'Basic {MASK}'"),
        (f"sent bearer {'a1' * 20}== to", f"sent bearer {MASK} to"),
        ("x-goog-api-key: anything-at-all", f"x-goog-api-key: {MASK}"),
        ('{"x-goog-api-key": "abc123"}', f'{{"x-goog-api-key": "{MASK}"}}'),
        ("(b'x-goog-api-key', b'abc123')", f"(b'x-goog-api-key', b'{MASK}')"),
        (
            "GET https://g.example/v1/x?alt=media&key=abc",
            f"GET https://g.example/v1/x?alt=media&key={MASK}",
        ),
        ("https://g.example/v1?key=abc&alt=media", f"https://g.example/v1?key={MASK}&alt=media"),
        ("postgresql+psycopg://me:pa55@db/films", f"postgresql+psycopg://me:{MASK}@db/films"),
        (f"key {GOOGLE} expired", f"key {MASK} expired"),
        (f"token {TOKEN}", f"token {MASK}"),
        ('{"private_key": "-----BEGIN"}', f'{{"private_key": "{MASK}"}}'),
        ("A bearer of news came to the key of the door?", None),
        ("https://ollama.com:443/api and C:/films/a@b.mp4", None),
        ("Scene s1: key=light from the left", None),
    ],
)
def test_what_looks_like_a_credential_is_masked_and_nothing_else(text: str, masked: str | None):
    assert mask(text) == (text if masked is None else masked)


def test_errors_carry_no_secret():
    error = AddKey(f"{PLAIN} was refused at https://g.example/v1?key={GOOGLE}; add another.")
    for text in (str(error), error.user_message, repr(error), *map(str, error.args)):
        assert PLAIN not in text
        assert GOOGLE not in text
        assert "add another" in text


def test_logs_carry_no_secret():
    hide(PLAIN)
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(Masking())
    log = logging.getLogger("test-of-secrets")
    log.addHandler(handler)
    log.propagate = False
    log.warning("sent %s with %r", PLAIN, {"x-goog-api-key": GOOGLE})
    try:
        raise TryAgain("no") from ValueError(f"Bearer {TOKEN}")
    except TryAgain:
        log.exception("failed", stack_info=True)
    try:
        raise ValueError(PLAIN)
    except ValueError:
        log.warning("again", exc_info=sys.exc_info())
    log.warning("plain %d", 7)
    text = out.getvalue()
    assert text.count(MASK) >= 4
    assert "Traceback" in text
    assert "plain 7" in text
    for secret in (PLAIN, GOOGLE, TOKEN):
        assert secret not in text
