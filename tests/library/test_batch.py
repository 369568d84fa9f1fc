"""Batches: tables of briefs become films; a bad row spoils no other, and nothing is made twice."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import av
import pytest

from onereel.commands import batch as batch_command
from onereel.errors import ReviseBrief
from onereel.home import Home
from onereel.library.batch import Batch, Report, RowResult, filled, preview, read_batch
from onereel.settings import BuyingSettings, GoogleSettings, Settings, settings_file
from onereel.shoot.models.registry import Registry
from onereel.story.brief import Brief
from tests.standins import Google
from tests.standins.google import GEMINI_KEY

TABLE = b"""idea,duration,Scene Count,language,captions
A lighthouse keeper finds a bottle,6,2,en,burned
"Wie finden Bienen, die fliegen, nach Hause?",6,2,de,

"""
KEY = GoogleSettings(gemini_api_key="AIza" + "x" * 35)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("ONEREEL_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return Home.find()


def problems(batch: Batch) -> dict[int, str]:
    return {bad.line: bad.words for bad in batch.bad}


def test_a_table_is_read_by_its_head():
    batch = read_batch(TABLE)
    first, second = batch.rows
    assert (first.line, first.brief.duration, first.options.captions) == (2, 6, "burned")
    assert second.brief.idea == "Wie finden Bienen, die fliegen, nach Hause?"
    assert (second.brief.language, second.options.captions) == ("de", "soft")
    assert batch.bad == ()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_spreadsheets_may_write_semicolons_and_a_byte_order_mark(sign: str):
    table = f"\ufeffidea{sign}duration\r\nA cat sails home{sign}12.5\r\n".encode()
    (row,) = read_batch(table).rows
    assert float(row.brief.duration) == 12.5


def test_json_lines_may_be_flat_or_nested():
    lines = [
        {"idea": "A cat", "duration": 8, "renderer": "veo"},
        {"brief": {"idea": "A dog"}, "options": {"voice": "heart"}, "workflow": "mine"},
    ]
    first, second = read_batch("\n".join(map(json.dumps, lines)).encode()).rows
    assert first.options.renderer == "veo"
    assert (second.brief.idea, second.options.voice, second.workflow) == ("A dog", "heart", "mine")


def test_every_bad_row_has_a_sentence_and_its_line():
    table = b"""idea,duration,aspect,renderer
A cat sails home,3,16:9,draft
,30,16:9,draft
A cat sails home,30,4:3,draft
A cat sails home,30,16:9,sora
A cat, a dog,30,16:9,draft,
A cat sails home,30,16:9,draft
"""
    batch = read_batch(table)
    said = problems(batch)
    assert [row.line for row in batch.rows] == [7]
    assert "a film lasts 4 to 3600 s" in said[2]
    assert "idea is missing" in said[3]
    assert "aspect" in said[4]
    assert "renderer" in said[5]
    assert "6 cells and the head 4" in said[6] or "duration" in said[6]
    assert all("\n" not in words for words in said.values())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "must name its columns|no rows"),
        (b"duration\n30\n", '"idea" among them'),
        (b"idea,price\nA cat,3\n", "no field 'price'"),
        (b"idea,idea\nA cat,B\n", "two columns 'idea'"),
        (b"idea\n", "no rows"),
        (b"PK\x03\x04\xff\xfe", "not UTF-8"),
        (b"i\x00d\x00e\x00a\x00", "not a text file"),
        (b"idea\n" + b"A cat\n" * 1001, "at most 1000 rows"),
        (b"x" * 5_000_001, "at most 5 MB"),
    ],
)
def test_a_file_that_is_no_batch_is_said_in_words(data: bytes, said: str):
    with pytest.raises(ReviseBrief, match=said):
        read_batch(data)


def test_broken_json_lines_are_bad_rows():
    batch = read_batch(b'{"idea": "A cat"}\n{"idea": \n[1]\n{"idea": "B", "brief": 3}\n')
    assert len(batch.rows) == 1
    assert set(problems(batch)) == {2, 3, 4}


def test_rows_ask_for_the_same_films_however_the_file_is_ordered():
    lines = ["A cat", "A dog", "A cat"]
    keys = [row.key for row in read_batch(("idea\n" + "\n".join(lines)).encode()).rows]
    assert len(set(keys)) == 3
    again = read_batch(("idea\n" + "\n".join(["A bird", *reversed(lines)])).encode())
    assert {row.key for row in again.rows} > set(keys)


def test_defaults_are_for_rows_that_say_nothing():
    table = b"idea,renderer\nA cat,\nA dog,draft\n"
    first, second = read_batch(table, defaults={"renderer": "omni", "duration": "8"}).rows
    assert (first.options.renderer, second.options.renderer) == ("omni", "draft")
    assert first.brief.duration == 8


def test_a_preview_says_what_the_caps_hold(home: Home):
    batch = read_batch(
        b"idea,duration\n" + b"A cat sails home,12\n" * 4, defaults={"renderer": "omni"}
    )
    buying = BuyingSettings(on=True, day=Decimal(3))
    settings = Settings(buying=buying, google=KEY)
    priced = preview(batch, home=home, settings=settings)
    assert priced.total is not None
    (price,) = {row.at_most for row in priced.rows}
    assert price is not None
    fitting = int(Decimal(3) / price)
    assert [row.allowed for row in priced.rows] == [at < fitting for at in range(4)]
    assert f"--day {price * (fitting + 1):f}" in priced.rows[-1].why
    assert priced.total == price * 4
    assert f"{4 - fitting} cannot be made now" in priced.sum_in_words


def test_a_preview_knows_the_days_quota(home: Home):
    rows = '["gemini-omni-1.2-flash"]\nper_day = 5\n'
    (home.private / "models.toml").write_text(rows, "utf-8")
    assert Registry.load(home).model("gemini-omni-1.2-flash").per_day == 5
    batch = read_batch(
        b"idea,duration,scene_count\n" + b"A cat sails home,12,3\n" * 2,
        defaults={"renderer": "omni"},
    )
    settings = Settings(buying=BuyingSettings(on=True, day=Decimal(50)), google=KEY)
    priced = preview(batch, home=home, settings=settings)
    assert [row.allowed for row in priced.rows] == [True, False]
    assert "more today" in priced.rows[1].why


def test_a_preview_says_what_a_platform_does_not_take(home: Home):
    table = b"idea,duration,platform\nA cat sails,200,YouTube Shorts\nA cat sails,60,shorts\n"
    long, short = preview(read_batch(table), home=home, settings=Settings()).rows
    assert long.allowed
    assert long.words.startswith("YouTube Shorts takes films of at most 180 s, not of 200 s")
    assert short.words == ""


def test_a_preview_finds_rows_that_nobody_can_write(home: Home):
    batch = read_batch(b"idea,language,duration\nA cat,ja,8\nA cat,en,8\n")
    priced = preview(batch, home=home, settings=Settings())
    assert [row.line for row in priced.rows] == [3]
    assert [bad.line for bad in priced.bad] == [2]
    assert priced.total == 0


def rows_of(report: Path) -> list[dict[str, str]]:
    with report.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_becomes_films_once(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    table = tmp_path / "films.csv"
    table.write_bytes(TABLE + b"=SUM(A1),2,,en,\n")
    words = [str(table), "--default", "resolution=480p"]
    assert batch_command.main(words) == 2
    folder = tmp_path / "films films"
    rows = rows_of(folder / "report.csv")
    assert [row["state"] for row in rows] == ["made", "made", "bad"]
    for row in rows[:2]:
        with av.open(str(folder / row["file"])) as film:
            assert film.streams.video
            assert float(film.duration or 0) / 1e6 == pytest.approx(6, abs=0.4)
        assert (folder / row["file"]).with_suffix(".srt").is_file()
    assert "Line 5: " in (printed := capsys.readouterr()).err
    assert "2 of 3 made, $0.00 spent" in printed.out

    before = {path: path.stat().st_mtime_ns for path in folder.glob("*.mp4")}
    assert batch_command.main(words) == 2
    assert {path: path.stat().st_mtime_ns for path in folder.glob("*.mp4")} == before

    (folder / rows[0]["file"]).unlink()
    table.write_bytes(TABLE)
    assert batch_command.main(words) == 0
    again = rows_of(folder / "report.csv")
    assert [row["state"] for row in again] == ["made", "made"]
    assert (folder / again[0]["file"]).is_file()
    assert (folder / again[1]["file"]).stat().st_mtime_ns == before[folder / rows[1]["file"]]


def test_a_row_has_the_shape_of_its_platform_unless_it_says_one(home: Home, tmp_path: Path):
    table = tmp_path / "films.csv"
    table.write_text(
        "idea,duration,scene_count,resolution,platform,aspect\n"
        "A cat sails home,4,1,480p,Square feed,\nA cat sails home,4,1,480p,tiktok,16:9\n"
        "A cat sails home,4,1,480p,vine,\n",
        "utf-8",
    )
    folder = tmp_path / "out"
    assert batch_command.main([str(table), "--output", str(folder)]) == 2
    square, wide, vine = Report.read(folder / "report.json").results
    for result, size in ((square, (480, 480)), (wide, (848, 480))):
        with av.open(str(folder / result.file)) as film:
            assert (film.streams.video[0].width, film.streams.video[0].height) == size
        kept = (folder / result.file).with_suffix(".screenplay.json")
        brief = Brief.from_data(json.loads(kept.read_text("utf-8"))["brief"])
        assert brief.film_id == result.film
    assert vine.state == "bad"
    assert vine.words.startswith("There is no platform 'vine'")


def test_nothing_is_bought_while_buying_is_off(home: Home, tmp_path: Path):
    table = tmp_path / "films.jsonl"
    table.write_text('{"idea": "A cat sails home", "renderer": "omni", "duration": 6}\n', "utf-8")
    assert batch_command.main([str(table), "--preview"]) == 0
    assert batch_command.main([str(table), "--output", str(tmp_path / "out")]) == 1
    (row,) = Report.read(tmp_path / "out" / "report.json").results
    assert row.state == "waiting"
    assert "settings buying on" in row.words
    assert not list((tmp_path / "out").glob("*.mp4"))


def test_no_batch_buys_more_than_the_cap_and_the_next_run_goes_on(home: Home, tmp_path: Path):
    table = tmp_path / "films.csv"
    table.write_text("idea,duration,scene_count\nA cat sails home,6,2\nA dog digs,6,2\n", "utf-8")
    words = [str(table), "--default", "renderer=omni", "--output", str(tmp_path / "out")]
    lines = '[google]\ngemini_api_key = "{}"\ngemini_address = "{}"\n'
    lines += "[buying]\non = true\nday = {}\n"
    with Google(latency=0) as google:
        settings_file(home).write_text(lines.format(GEMINI_KEY, google.url, "0.95"), "utf-8")
        assert batch_command.main(words) == 1
        first, second = Report.read(tmp_path / "out" / "report.json").results
        assert (first.state, second.state) == ("made", "waiting")
        assert 0 < first.spent <= Decimal("0.95")
        assert "settings buying on --day" in second.words
        charged = sum(charge.amount for charge in google.charges)
        assert charged == first.spent
        settings_file(home).write_text(lines.format(GEMINI_KEY, google.url, "2"), "utf-8")
        assert batch_command.main(words) == 0
        report = Report.read(tmp_path / "out" / "report.json")
        assert charged + report.results[1].spent == report.spent
        assert sum(charge.amount for charge in google.charges) == report.spent


def test_equal_rows_are_one_film_which_is_paid_once():
    row = {"film": "f1", "state": "made", "spent": Decimal("0.75")}
    results = [RowResult(line=line, key=key, **row) for line, key in ((2, "a"), (3, "b"))]
    other = RowResult(line=4, key="c", film="f2", state="made", spent=Decimal("0.20"))
    assert Report(results=[*results, other]).spent == Decimal("0.95")


def test_a_workflow_is_for_comfyui(home: Home, tmp_path: Path):
    table = tmp_path / "films.csv"
    table.write_text("idea,workflow\nA cat,mine\n", "utf-8")
    assert batch_command.main([str(table)]) == 2
    (row,) = Report.read(tmp_path / "films films" / "report.json").results
    assert "names the workflow 'mine', which only ComfyUI runs" in row.words


def test_a_report_is_no_formula_and_no_other_file_is_taken_for_one(tmp_path: Path):
    path = tmp_path / "report.json"
    path.write_text("[]", "utf-8")
    with pytest.raises(ReviseBrief, match="is not the report of an earlier run"):
        Report.read(path)
    formula = {"line": 2, "state": "failed", "idea": '=HYPERLINK("http://x")', "words": "-1"}
    report = Report.from_data({"results": [formula]})
    assert "'=HYPERLINK" in report.as_csv()
    assert "'-1" in report.as_csv()


def test_a_workflow_gets_the_brief_and_keeps_its_wires():
    api = Path("example_workflows/api/first_film.json")
    workflow = json.loads(api.read_text("utf-8"))
    (name,) = [k for k, node in workflow.items() if node["class_type"] == "OneReelBrief"]
    workflow[name]["inputs"]["tone"] = ["7", 0]
    brief = Brief(idea="A cat sails home", duration=12, aspect="9:16", tone="funny")
    new = filled(workflow, brief)
    inputs = new[name]["inputs"]
    assert (inputs["idea"], inputs["duration"], inputs["aspect"]) == (brief.idea, 12, "9:16")
    assert inputs["tone"] == ["7", 0]
    assert {k: v for k, v in new.items() if k != name} == {
        k: v for k, v in workflow.items() if k != name
    }
    with pytest.raises(ReviseBrief, match="no Brief node"):
        filled({"1": {"class_type": "KSampler", "inputs": {}}}, brief)
    with pytest.raises(ReviseBrief, match="API format"):
        filled({"nodes": []}, brief)
