"""What lies around the ledger: clips, receipts, disputes, cleaning up, commands."""

import csv
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import av
import pytest

from onereel.commands.ledger import main
from onereel.errors import BadInput, Cancelled, OneReelError, ReplaceMedia, StorageError
from onereel.home import Home
from onereel.library.cleanup import clean_up
from onereel.shoot.ledger import Caps, Entry, KeptFile, Ledger
from onereel.shoot.ledger.checking import check_clip, sha256_of
from onereel.shoot.ledger.dispute import write_dispute
from onereel.shoot.ledger.provenance import provenance_of
from onereel.shoot.ledger.rebuild import rebuild
from onereel.shoot.ledger.receipts import Receipt, write_receipts
from onereel.shoot.takes import Takes
from onereel.story.screenplay import Scene
from onereel.work import Cancel
from tests.footage import make_clip
from tests.ledger_work import (
    FILM,
    PRICE,
    bought,
    clip_of,
    leased,
    planned,
    reserved,
    sent,
    set_aside,
    shot,
    take_of,
)

ROOT = Path(__file__).resolve().parents[2]
C2PA = bytes.fromhex("D8FEC3D61B0E483C92975828877EC481")
ONE_SECOND = shot().replace(duration=1)
KEY = f"AIza{'Q' * 35}"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "clip.mp4", frames=24)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    found = Home(private=tmp_path / "home", media=tmp_path / "home" / "media")
    monkeypatch.setenv("ONEREEL_HOME", str(found.private))
    return found


def paid(ledger: Ledger, home: Home, clip: Path, number: int = 1) -> Entry:
    """A settled take whose clip, JSON and receipt are on disk."""
    path = home.path(clip_of(shot(number).key))
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(clip, path)
    entry = bought(ledger, number, sha256=sha256_of(path), size=path.stat().st_size)
    assert entry.take
    Takes(home).keep(entry.take)
    assert write_receipts(ledger, entry.key, home=home)
    return entry


def test_a_whole_clip_is_measured(clip: Path):
    facts = check_clip(clip, ONE_SECOND)
    assert (facts.duration, facts.fps, facts.frames) == (1, 24, 24)
    assert (facts.width, facts.height, facts.sound) == (160, 90, True)
    assert (facts.size, facts.sha256) == (clip.stat().st_size, sha256_of(clip))
    assert facts.provenance == ""


def test_a_clip_shorter_than_it_was_bought_is_refused_where_it_may_be_cut(clip: Path):
    assert check_clip(clip, shot()).duration == 1
    streamed = clip.with_suffix(".mkv")
    with av.open(str(clip)) as source, av.open(str(streamed), "w") as target:
        track = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = track
                target.mux(packet)
    with pytest.raises(ReplaceMedia, match=r"lasts 1\.0 s instead of 8 s"):
        check_clip(streamed, shot())


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1, 3), Fraction(9, 10)])
def test_a_clip_cut_short_is_refused(clip: Path, tmp_path: Path, share: Fraction):
    # Services send the index in front; then the head of a torn file promises all of it.
    ready, cut = tmp_path / "ready.mp4", tmp_path / "cut.mp4"
    with (
        av.open(str(clip)) as source,
        av.open(str(ready), "w", options={"movflags": "faststart"}) as target,
    ):
        tracks = {each.index: target.add_stream_from_template(each) for each in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = tracks[packet.stream.index]
                target.mux(packet)
    assert check_clip(ready, ONE_SECOND).frames == 24
    for data in (clip.read_bytes(), ready.read_bytes()):
        cut.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(ReplaceMedia, match=r"cut\.mp4 (is damaged|is empty|has no moving)"):
            check_clip(cut, ONE_SECOND)


def test_a_clip_with_damaged_pictures_is_refused(clip: Path, tmp_path: Path):
    data = bytearray(clip.read_bytes())
    start = data.index(b"mdat") + 2000
    data[start : start + 600] = os.urandom(600)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(data)
    with pytest.raises(ReplaceMedia, match=r"broken\.mp4 is damaged"):
        check_clip(broken, ONE_SECOND)


def test_what_is_no_clip_is_refused(tmp_path: Path):
    path = tmp_path / "page.mp4"
    with pytest.raises(ReplaceMedia, match="missing"):
        check_clip(path, ONE_SECOND)
    path.write_text("<html>Sign in</html>")
    with pytest.raises(ReplaceMedia, match="damaged or not a video"):
        check_clip(path, ONE_SECOND)


def test_checking_can_be_stopped(clip: Path):
    cancel = Cancel()
    cancel.request()
    with pytest.raises(Cancelled):
        check_clip(clip, ONE_SECOND, cancel=cancel)


def test_a_provenance_mark_is_found(clip: Path, tmp_path: Path):
    data = clip.read_bytes()
    body = C2PA + b"manifest"
    box = (8 + len(body)).to_bytes(4, "big") + b"uuid" + body
    large = b"\0\0\0\1uuid" + (16 + len(body)).to_bytes(8, "big") + body
    other = (24).to_bytes(4, "big") + b"uuid" + bytes(16)
    marked = tmp_path / "marked.mp4"
    for added, mark in ((box, "C2PA"), (large, "C2PA"), (other, ""), (b"\0\0\0\3junk", "")):
        marked.write_bytes(data + added)
        assert provenance_of(marked) == mark
    marked.write_bytes(data + box)
    assert check_clip(marked, ONE_SECOND).provenance == "C2PA"


def test_a_receipt_says_what_was_bought_and_holds_no_secret(home: Home, clip: Path):
    with Ledger.open(home) as ledger:
        with leased(ledger) as lease:
            attempt = sent(ledger, lease)
            ledger.move(lease, attempt.id, "submitted", answer=f'{{"done": true, "k": "{KEY}"}}')
            file = KeptFile(clip_of(lease.key), sha256_of(clip), clip.stat().st_size, "", 1)
            path = home.path(file.name)
            path.parent.mkdir(parents=True)
            shutil.copy(clip, path)
            ledger.keep(lease, attempt.id, [file])
            assert write_receipts(ledger, lease.key, home=home) == ()
            ledger.settle(lease, attempt.id, charged=PRICE, take=take_of(lease.key))
        (beside,) = write_receipts(ledger, lease.key, home=home)
    assert beside == path.with_name(f"{path.stem}.receipt.json")
    receipt = Receipt.from_json(beside.read_bytes())
    assert (receipt.cost, receipt.operation) == (PRICE, "operations/1")
    assert receipt.shot == shot()
    assert receipt.files[0].sha256 == sha256_of(path)
    assert receipt.provenance == ("",)
    assert [step.state for step in receipt.steps][-1] == "settled"
    assert any('"done": true' in step.answer for step in receipt.steps)
    assert KEY not in beside.read_text("utf-8")


def test_a_receipt_is_not_taken_for_a_take(home: Home, clip: Path):
    with Ledger.open(home) as ledger:
        entry = paid(ledger, home, clip)
    assert Takes(home).find(FILM, "scene") == (entry.take,)


def test_receipts_bring_back_what_journal_and_database_lost(home: Home, clip: Path):
    with Ledger.open(home) as ledger:
        first, second = (paid(ledger, home, clip, number) for number in (1, 2))
    for file in home.private.glob("ledger*"):
        file.unlink()
    home.path(clip_of(second.key)).write_bytes(b"another clip")
    forged = home.path(clip_of(first.key)).with_name("scene-forged.receipt.json")
    receipt = Receipt.from_json(next(forged.parent.glob("*.receipt.json")).read_bytes())
    forged.write_text(receipt.to_json().replace("a robot", "a dragon"))
    result = rebuild(home)
    assert (result.takes, result.from_receipts, len(result.dropped)) == (1, 1, 2)
    with Ledger.open(home) as ledger:
        found = ledger.find(first.key)
        assert (found.state, found.charged, found.take) == ("settled", PRICE, first.take)
        assert found.files == first.files
        assert ledger.by_asked("robot") == found
        assert ledger.totals(film_id=FILM).film_charged == PRICE
    assert rebuild(home).from_receipts == 0


def test_a_rebuild_names_files_that_are_gone_changed_or_elsewhere(home: Home, clip: Path):
    with Ledger.open(home) as ledger:
        names = [paid(ledger, home, clip, number).files[0].name for number in (1, 2, 3, 4)]
    home.path(names[0]).unlink()
    home.path(names[1]).write_bytes(b"another clip")
    outside = home.private.parent / "outside.mp4"
    shutil.move(home.path(names[2]), outside)
    home.path(names[2]).symlink_to(outside)
    result = rebuild(home)
    assert (result.missing, result.changed) == ([names[0]], [names[1]])
    assert any("leads out of the media folder" in each for each in result.dropped)
    assert result.takes == 4


def test_a_dispute_bundle_tells_the_provider_everything_but_secrets(home: Home, tmp_path: Path):
    with Ledger.open(home) as ledger, leased(ledger) as lease:
        attempt = sent(ledger, lease)
        answer = json.dumps({"error": {"code": 13}, "url": f"https://x/y?key={KEY}"})
        ledger.move(lease, attempt.id, "failed", charged=PRICE, reason="code 13", answer=answer)
        path = write_dispute(ledger, lease.key[:8], tmp_path / "dispute.zip", home=home)
    with zipfile.ZipFile(path) as bundle:
        assert bundle.namelist() == ["letter-1.txt", "times.txt", "take.json"]
        letter = bundle.read("letter-1.txt").decode()
        assert "Request operations/1" in letter
        assert "charged in our records: 3.2" in letter
        told = json.loads(bundle.read("take.json"))
        assert told["attempts"][0]["operation"] == "operations/1"
        assert '"code": 13' in told["trail"][-1]["answer"]
        assert all(KEY not in bundle.read(name).decode() for name in bundle.namelist())


def draft(home: Home, name: str, *, state: str = "draft", days: float = 40) -> Path:
    path = home.media / "takes" / FILM / f"{name}.mp4"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"0" * 1000)
    take = take_of(name).replace(state=state, clip=f"takes/{FILM}/{name}.mp4", renderer="draft")
    Takes(home).keep(take)
    then = time.time() - days * 86_400
    os.utime(path, (then, then))
    return path


def test_cleaning_up_takes_old_drafts_and_nothing_else(home: Home, clip: Path):
    with Ledger.open(home) as ledger:
        entry = paid(ledger, home, clip)
        names = ledger.file_names()
    bought_clip = home.path(entry.files[0].name)
    # Even if its JSON file says so, what was paid for is no draft.
    assert entry.take
    Takes(home).keep(entry.take.replace(state="draft"))
    os.utime(bought_clip, (0, 0))
    old, young = draft(home, "old"), draft(home, "young", days=1)
    ready, pinned = draft(home, "ready", state="ready"), draft(home, "pinned")
    scene = Scene(id="scene")
    Takes(home).choose(scene, take_of("pinned").replace(picture_id=scene.picture_id))
    other = draft(home, "other")
    other.with_suffix(".json").write_text(other.with_suffix(".json").read_text().replace(
        f"takes/{FILM}/other.mp4", entry.files[0].name))  # fmt: skip
    left = old.with_name(".reel.onereel-abcdefgh.mp4")
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    would = clean_up(home, paid=names, dry=True)
    assert set(would.files) == {old, old.with_suffix(".json")}
    assert old.exists() and left.exists()
    done = clean_up(home, paid=names)
    assert (done.files, done.size) == (would.files, 1000)
    assert not old.exists() and not left.exists()
    assert all(path.exists() for path in (bought_clip, young, ready, pinned, other))


def test_cleaning_up_makes_room_oldest_first(home: Home):
    paths = [draft(home, f"d{days}", days=days) for days in (3, 2, 1)]
    lacking = shutil.disk_usage(home.media).free + 10**12
    assert clean_up(home, paid=frozenset(), free=0).files == ()
    done = clean_up(home, paid=frozenset(), free=lacking)
    assert [path for path in done.files if path.suffix == ".mp4"] == paths


def test_the_command_lists_and_shows(home: Home, clip: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["list"]) == 0
    assert capsys.readouterr().out.startswith("No takes.\n\nToday: $0.00 spent")
    with Ledger.open(home) as ledger:
        entry = paid(ledger, home, clip)
        with leased(ledger, 2) as lease:
            attempt = sent(ledger, lease)
            ledger.move(lease, attempt.id, "unknown", reason="broke\x1b[31m off")
    home.path(entry.files[0].name).unlink()
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert " ".join(lines[0].split()).startswith("TAKE STATE MODEL LENGTH SIZE HELD COST")
    assert lines[1].split()[:6] == [entry.key[:8], "settled", "veo-3.1", "8", "s", "720p"]
    assert lines[1][lines[0].index("COST") :].startswith("$3.20")
    assert lines[2][lines[0].index("HELD") :].startswith("$3.20")
    assert "Today: $3.20 spent, $3.20 set aside." in lines[-1]
    assert main(["list", "--state", "unknown"]) == 0
    assert entry.key[:8] not in capsys.readouterr().out
    assert main(["show", entry.key[:6]]) == 0
    shown = capsys.readouterr().out
    assert "request  operations/1" in shown and "MISSING" in shown
    assert main(["show", lease.key]) == 0
    assert "broke[31m off" in capsys.readouterr().out


def test_the_command_writes_off_exports_rebuilds_disputes_and_cleans(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    with Ledger.open(home) as ledger, leased(ledger) as lease:
        attempt = sent(ledger, lease)
        ledger.move(lease, attempt.id, "unknown", reason="=1+1")
    assert main(["export", "--csv", "money.csv"]) == 0
    with Path("money.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["state"], row["ceiling"], row["reason"]) == ("unknown", "3.2", "'=1+1")
    assert main(["write-off", "1", "--reason", "gone"]) == 0
    assert "$3.20 are free again" in capsys.readouterr().out
    assert main(["write-off", lease.key[:8]]) == 0
    assert f"ledger try-again {lease.key[:8]}" in capsys.readouterr().out
    assert main(["export", "--json", "money.json"]) == 0
    (take,) = json.loads(Path("money.json").read_text("utf-8"))["takes"]
    assert (take["state"], take["charged"]) == ("written off", "0")
    assert [event["kind"] for event in take["events"]] == ["planned", "reserved"] + ["moved"] * 4
    with Ledger.open(home) as ledger:
        set_aside(ledger, Decimal("0.05"))
    assert main(["rebuild"]) == 0
    told = capsys.readouterr().out
    assert "1 takes and 1 attempts are in the new ledger, and 1 requests for words" in told
    assert main(["dispute", lease.key[:6]]) == 0
    assert zipfile.is_zipfile(f"dispute-{lease.key[:8]}.zip")
    old = draft(home, "old")
    assert main(["cleanup", "--dry-run"]) == 0
    assert "2 files (0.0 MB) would be removed." in capsys.readouterr().out
    assert main(["cleanup"]) == 0
    assert not old.exists()


@pytest.mark.parametrize(
    ("words", "kind", "sentence"),
    [
        ("show zzz", BadInput, "No take begins"),
        ("write-off 7", BadInput, "The ledger has no attempt 7"),
        ("write-off x", BadInput, "No take begins"),
        ("write-off 99999999999999999999", BadInput, "No take begins"),
        ("try-again 7", BadInput, "The ledger has no attempt 7"),
        ("resume x", BadInput, "No take begins"),
        ("list --limit -1", BadInput, "invalid number value"),
        ("cleanup --free inf", BadInput, "invalid amount value"),
        ("show \udcff", BadInput, "No take begins"),
        ("", BadInput, "The following arguments are required: COMMAND"),
        ("sell", BadInput, "invalid choice: 'sell'"),
        ("export --json /proc/nowhere/x.json", StorageError, r"x\.json"),
    ],
)
def test_the_command_says_what_is_wrong(
    home: Home, words: str, kind: type[OneReelError], sentence: str
):
    with pytest.raises(kind, match=sentence):
        main(words.split())


def test_the_command_lets_a_take_be_bought_anew(home: Home, capsys: pytest.CaptureFixture[str]):
    with Ledger.open(home) as ledger, leased(ledger) as lease:
        attempt = sent(ledger, lease)
        with pytest.raises(BadInput, match="Attempt 1 is submitted"):
            main(["try-again", lease.key])
        ledger.move(lease, attempt.id, "unknown")
        assert main(["try-again", lease.key[:8]]) == 0
        assert "both are paid" in capsys.readouterr().out
        assert reserved(ledger, lease).number == 2


def test_without_anything_under_way_there_is_nothing_to_resume(
    home: Home, capsys: pytest.CaptureFixture[str]
):
    assert main(["resume"]) == 0
    assert capsys.readouterr().out == "Nothing is under way.\n"


def test_letters_that_the_terminal_cannot_spell_are_replaced(home: Home):
    with Ledger.open(home) as ledger:
        snow = shot().replace(prompt="\u96ea in a caf\u00e9")
        ledger.plan(snow, film_id=FILM, scene_id="s", picture_id="p", asked="snow")
    command = [sys.executable, "-m", "onereel", "ledger", "show", snow.key]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, cwd=ROOT, env=ascii_only, capture_output=True, check=False)
    assert b"prompt   ? in a caf?" in run.stdout, run.stderr


def test_a_damaged_ledger_ends_with_one_and_says_how_to_mend_it(home: Home):
    home.private.mkdir(parents=True)
    (home.private / "ledger.sqlite").write_bytes(b"no database at all" * 1000)
    command = [sys.executable, "-m", "onereel", "ledger"]
    for words, code in (("list", 1), ("rebuild", 0), ("show x", 2)):
        run = subprocess.run(
            [*command, *words.split()], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert run.returncode == code, run.stderr
        if code == 1:
            assert "run python -m onereel ledger rebuild" in run.stderr
            assert run.stderr.count("\n") == 1 and not run.stdout


def test_cents_are_shown_and_more_where_there_is_more(
    home: Home, capsys: pytest.CaptureFixture[str]
):
    with Ledger.open(home) as ledger, leased(ledger) as lease:
        ledger.reserve(lease, ceiling=Decimal("12.345"), caps=Caps(), film_id=FILM)
        planned(ledger, 2)
    assert main(["list"]) == 0
    assert "$12.345" in capsys.readouterr().out
