"""The ledger: takes, attempts, leases and the budget, in a real SQLite file."""

import logging
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from onereel.errors import ChooseTake, RaiseCap, ResolveTakes, ReviseSetting, WaitForOther
from onereel.home import Home
from onereel.shoot.ledger import Caps, KeptFile, Lease, Ledger
from onereel.shoot.ledger.budget import day_of
from tests.ledger_work import (
    FILM,
    PRICE,
    bought,
    clip_of,
    home_in,
    leased,
    planned,
    reserved,
    rows,
    run_out,
    sent,
    set_aside,
    shot,
    step,
    take_of,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_in(tmp_path)


@pytest.fixture
def ledger(home: Home):
    with Ledger.open(home) as opened:
        yield opened


def test_a_take_walks_from_planned_to_settled(home: Home):
    with Ledger.open(home) as ledger:
        entry = bought(ledger)
        assert entry.state == "settled"
        assert (entry.held, entry.charged) == (0, PRICE)
        assert entry.take == take_of(entry.key)
        assert entry.files[0].name == clip_of(entry.key)
        states = [step.state for step in ledger.trail(entry.key)]
        assert states == [
            *("planned", "reserved", "submitting", "submitted"),
            *("kept", "downloaded", "settled"),
        ]
    with Ledger.open(home) as ledger:
        assert ledger.entry(entry.key) == entry
        assert ledger.by_asked("robot") == entry
        assert planned(ledger) == entry


def test_a_settled_take_is_not_bought_again(ledger: Ledger):
    bought(ledger)
    with leased(ledger) as lease, pytest.raises(ResolveTakes, match="nothing is bought twice"):
        reserved(ledger, lease)


@pytest.mark.parametrize("state", ["submitting", "submitted", "downloaded", "unknown"])
def test_a_take_on_its_way_is_not_bought_again(ledger: Ledger, state: str):
    with leased(ledger) as lease:
        attempt = reserved(ledger, lease)
        ledger.move(lease, attempt.id, "submitting")
        if state != "submitting":
            ledger.move(lease, attempt.id, "submitted", operation="op")
        if state in ("downloaded", "unknown"):
            ledger.move(lease, attempt.id, state)
        with pytest.raises(ResolveTakes, match=f"a request that is {state}"):
            reserved(ledger, lease)


@pytest.mark.parametrize("end", ["refused", "failed"])
def test_a_free_ending_gives_the_money_back(ledger: Ledger, end: str):
    with leased(ledger) as lease:
        attempt = sent(ledger, lease)
        assert ledger.totals(film_id=FILM).film_held == PRICE
        attempt = ledger.move(lease, attempt.id, end, reason="code 42", answer='{"done": 1}')
        assert (attempt.state, attempt.charged, attempt.reason) == (end, 0, "code 42")
        totals = ledger.totals(film_id=FILM)
        assert totals.film_held == totals.film_charged == totals.month_held == 0
        assert reserved(ledger, lease).number == 2


def test_a_failure_that_was_charged_counts(ledger: Ledger):
    with leased(ledger) as lease:
        attempt = sent(ledger, lease)
        ledger.move(lease, attempt.id, "failed", charged=Decimal("1.23"))
        # More that becomes known of it changes no money.
        ledger.move(lease, attempt.id, "failed", answer='{"code": 13}')
    totals = ledger.totals(film_id=FILM)
    assert (totals.day_held, totals.day_charged) == (0, Decimal("1.23"))
    assert ledger.find(lease.key[:6]).charged == Decimal("1.23")


def test_steps_that_do_not_exist_are_refused(ledger: Ledger):
    with leased(ledger) as lease:
        attempt = reserved(ledger, lease)
        with pytest.raises(ValueError, match="reserved cannot become settled"):
            ledger.settle(lease, attempt.id, charged=PRICE, take=take_of(lease.key))
        ledger.move(lease, attempt.id, "failed")
        with pytest.raises(ValueError, match="failed cannot become submitting"):
            ledger.move(lease, attempt.id, "submitting")
    assert ledger.totals(film_id=FILM).film_held == 0


@pytest.mark.parametrize("cap", ["film", "day", "month"])
def test_a_cap_stops_before_it_is_passed_and_says_what_it_needs(ledger: Ledger, cap: str):
    caps = Caps.model_validate({cap: "6.40"})
    bought(ledger, 1, caps=caps)
    with leased(ledger, 2) as lease:
        attempt = sent(ledger, lease, caps)
        with leased(ledger, 3) as third:
            with pytest.raises(RaiseCap, match=rf"cap of 6\.40 .* buying on --{cap} 9\.60$"):
                reserved(ledger, third, caps)
            ledger.move(lease, attempt.id, "failed")
            assert reserved(ledger, third, caps).state == "reserved"


def test_every_film_has_a_cap_of_its_own(ledger: Ledger):
    caps = Caps(film=PRICE)
    with leased(ledger, 1) as first, leased(ledger, 2) as second:
        ledger.reserve(first, ceiling=PRICE, caps=caps, film_id="one")
        ledger.reserve(second, ceiling=PRICE, caps=caps, film_id="two")
    totals = ledger.totals(film_id="one")
    assert (totals.film_held, totals.day_held) == (PRICE, 2 * PRICE)


def test_micro_dollars_are_exact_and_never_too_few(ledger: Ledger):
    with leased(ledger) as lease:
        attempt = ledger.reserve(lease, ceiling=Decimal("0.0230001234"), caps=Caps(), film_id=FILM)
    assert attempt.ceiling == ledger.totals().day_held == Decimal("0.023001")


def test_days_are_the_owners(ledger: Ledger):
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert day_of(late, "Europe/Berlin") == "2026-11-22"
    assert day_of(late, "America/New_York") == "2026-11-21"
    with pytest.raises(ReviseSetting, match="'Atlantis' is no time zone"):
        ledger.totals(zone="Atlantis")


def test_other_words_for_the_same_shot_lead_to_the_same_take(ledger: Ledger):
    entry = bought(ledger)
    assert planned(ledger, asked="the same in other words").key == entry.key
    assert ledger.by_asked("the same in other words") == entry
    assert ledger.by_asked("robot") == entry
    assert ledger.by_asked("something else") is None


def test_the_newest_take_of_the_same_words_is_found_and_revisions_are_followed(ledger: Ledger):
    planned(ledger, 1)
    second, third = planned(ledger, 2), planned(ledger, 3, asked="softer")
    assert ledger.by_asked("robot") == second
    ledger.revise(second.key, third.key, "- blood\n+ paint")
    assert ledger.by_asked("robot") == third
    assert ledger.find(second.key).diff == "- blood\n+ paint"
    ledger.revise(third.key, second.key, "in a circle")
    assert ledger.by_asked("robot")


def test_entries_come_in_pages(ledger: Ledger):
    keys = [planned(ledger, number).key for number in range(1, 8)]
    sent(ledger, leased(ledger, 5))
    page = ledger.entries(limit=4)
    assert [entry.key for entry in page] == keys[:4]
    assert [entry.key for entry in ledger.entries(after=page[-1].id)] == keys[4:]
    assert [entry.key for entry in ledger.entries(newest=True, limit=2)] == [keys[6], keys[5]]
    assert [entry.key for entry in ledger.entries(states=["submitted"])] == [keys[4]]
    assert ledger.entries(film_id="other") == ledger.entries(scene_id="other") == ()


def test_one_owner_at_a_time(ledger: Ledger):
    mine = leased(ledger)
    assert mine.held
    assert ledger.lease(mine.key) is None
    mine.release()
    theirs = ledger.lease(mine.key)
    assert theirs and theirs.token > mine.token
    for forbidden in (mine.renew, mine.check, lambda: reserved(ledger, mine)):
        with pytest.raises(WaitForOther, match="Another process may have taken over"):
            forbidden()


def test_a_lease_that_ran_out_can_be_renewed_if_nobody_took_it(ledger: Ledger, home: Home):
    lease = leased(ledger)
    run_out(home)
    lease.renew()
    assert ledger.lease(lease.key) is None


def test_a_lease_knows_by_itself_when_it_runs_out(ledger: Ledger):
    lease = leased(ledger, seconds=0.01)
    time.sleep(0.02)
    assert not lease.held
    with pytest.raises(WaitForOther):
        lease.check()


def test_what_a_crashed_owner_left_is_put_in_order(ledger: Ledger, home: Home):
    crashed = [leased(ledger, number) for number in (1, 2, 3)]
    attempts = [reserved(ledger, lease) for lease in crashed]
    ledger.move(crashed[1], attempts[1].id, "submitting")
    sent_one = ledger.move(crashed[2], attempts[2].id, "submitting")
    ledger.move(crashed[2], sent_one.id, "submitted", operation="op")
    run_out(home)
    for number, state, held in ((1, "failed", 0), (2, "unknown", PRICE), (3, "submitted", PRICE)):
        with leased(ledger, number) as lease:
            entry = ledger.find(lease.key)
            assert (entry.state, entry.held) == (state, held)
    assert ledger.totals().day_held == 2 * PRICE


def test_what_a_crashed_owner_set_aside_does_not_block_the_cap(ledger: Ledger, home: Home):
    caps = Caps(day=PRICE)
    crashed = leased(ledger, 1)
    attempt = reserved(ledger, crashed, caps)
    with leased(ledger, 2) as lease:
        with pytest.raises(RaiseCap):
            reserved(ledger, lease, caps)
        run_out(home)
        assert reserved(ledger, lease, caps).state == "reserved"
    with pytest.raises(WaitForOther):
        ledger.move(crashed, attempt.id, "submitting")


@pytest.mark.parametrize("after", ["unknown", "written off"])
def test_an_owner_that_slept_past_its_lease_still_brings_its_operation(
    ledger: Ledger, home: Home, after: str
):
    slept = leased(ledger)
    attempt = reserved(ledger, slept)
    ledger.move(slept, attempt.id, "submitting")
    run_out(home)
    with leased(ledger) as lease:
        if after == "written off":
            ledger.write_off(attempt.id, "never came back")
        found = ledger.move(slept, attempt.id, "submitted", operation="op")
        assert (found.state, found.operation, found.held) == ("submitted", "op", PRICE)
        for forbidden in ("downloaded", "failed"):
            with pytest.raises(WaitForOther):
                ledger.move(slept, attempt.id, forbidden)
        ledger.move(lease, attempt.id, "downloaded")


def test_a_lease_is_good_for_its_own_take_only(ledger: Ledger):
    first, second = leased(ledger, 1), leased(ledger, 2)
    attempt = sent(ledger, first)
    with pytest.raises(WaitForOther):
        ledger.keep(second, attempt.id, [])
    with pytest.raises(WaitForOther):
        ledger.move(second, attempt.id, "failed")


def test_an_unknown_attempt_is_held_until_it_is_written_off(ledger: Ledger):
    with leased(ledger) as lease:
        attempt = sent(ledger, lease)
        with pytest.raises(ChooseTake, match="is submitted; only one of unknown outcome"):
            ledger.write_off(attempt.id, "no")
        ledger.move(lease, attempt.id, "unknown", reason="the connection broke off")
        assert ledger.totals().day_held == PRICE
        off = ledger.write_off(attempt.id, "gone")
        assert (off.state, off.charged, off.reason) == ("written off", 0, "gone")
        assert ledger.totals().day_held == 0
        assert reserved(ledger, lease).number == 2
        assert [each.state for each in ledger.find(lease.key).attempts] == [
            "written off",
            "reserved",
        ]


def test_what_may_still_come_or_was_paid_for_nothing_is_unfinished(ledger: Ledger):
    bought(ledger)
    keys = []
    for number, outcome in enumerate(("submitted", "unknown", "failed", "refused"), start=2):
        with leased(ledger, number) as lease:
            attempt = sent(ledger, lease)
            paid = {"charged": PRICE} if outcome == "failed" else {}
            if outcome != "submitted":
                ledger.move(lease, attempt.id, outcome, **paid)
            keys.append(lease.key)
    assert [entry.key for entry in ledger.entries(unfinished=True)] == keys[:3]
    for number in (3, 4):
        ledger.try_again(ledger.find(leased(ledger, number).key).attempts[-1].id, "once more")
    assert [entry.key for entry in ledger.entries(unfinished=True)] == keys[:1]


def test_a_take_that_is_over_leaves_the_list_and_stays_in_the_books(ledger: Ledger, home: Home):
    with leased(ledger) as lease:
        attempt = sent(ledger, lease)
        with pytest.raises(ChooseTake, match="is submitted; only one that is over"):
            ledger.put_away(lease.key, "no")
        ledger.move(lease, attempt.id, "failed", charged=PRICE)
    ledger.put_away(lease.key, "seen")
    assert ledger.entries(put_away=False) == ()
    assert [entry.charged for entry in ledger.entries()] == [PRICE]
    assert ledger.totals().day_charged == PRICE
    assert [step.state for step in ledger.trail(lease.key)][-1] == "put away"
    with pytest.raises(ChooseTake, match="has no take 00000000"):
        ledger.put_away("0" * 32, "no")
    # Another request for it is something to see again.
    ledger.try_again(attempt.id, "once more")
    with leased(ledger) as lease:
        reserved(ledger, lease)
    assert len(ledger.entries(put_away=False)) == 1


def test_files_of_a_settled_take_can_be_fetched_again(ledger: Ledger):
    entry = bought(ledger)
    with leased(ledger) as lease:
        again = KeptFile(entry.files[0].name, "f" * 64, 13, "gs://again", 1)
        found = ledger.keep(lease, entry.attempts[0].id, [again])
    assert found.files == (again,)
    assert (found.state, found.charged) == ("settled", PRICE)


def test_a_take_that_is_not_there_is_named(ledger: Ledger):
    with pytest.raises(ChooseTake, match="The ledger has no take 00000000"):
        ledger.lease("0" * 32)
    with pytest.raises(ChooseTake, match="no attempt 7"):
        ledger.write_off(7, "")
    for number in range(1, 18):
        planned(ledger, number)
    common = max("0123456789abcdef", key=lambda d: sum(e.key[0] == d for e in ledger.entries()))
    with pytest.raises(ChooseTake, match="More than one take begins with that key"):
        ledger.find(common)
    with pytest.raises(ChooseTake, match="No take begins with that key"):
        ledger.find("%")


def test_log_records_and_rows_carry_the_correlation(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.INFO, "onereel"):
        entry = bought(ledger)
    correlation = entry.attempts[0].correlation
    records = [record for record in caplog.records if record.name == "onereel"]
    assert [getattr(record, "correlation", None) for record in records] == [""] + [correlation] * 6
    assert f"attempt {correlation}: settled, was downloaded" in records[-1].getMessage()
    assert {step.correlation for step in ledger.trail(entry.key)} == {"", correlation}


def test_no_secret_and_no_media_is_written_down(home: Home):
    key, token = f"AIza{'Q' * 35}", f"ya29.{'t' * 40}"
    with Ledger.open(home) as ledger, leased(ledger) as lease:
        attempt = sent(ledger, lease)
        answer = f'{{"key": "{key}", "data": "{"A" * 9000}", "u": "https://x/y?key=secret99&a=1"}}'
        ledger.move(lease, attempt.id, "submitted", answer=answer)
        source = "https://storage/x.mp4?X-Goog-Signature=abcdef0123"
        ledger.keep(lease, attempt.id, [KeptFile(clip_of(lease.key), "0" * 64, 1, source, 1)])
        ledger.move(lease, attempt.id, "unknown", reason=f"Authorization: Bearer {token}")
    for file in home.private.iterdir():
        text = file.read_bytes().decode("latin-1")
        for secret in (key, token, "secret99", "abcdef0123", "A" * 400):
            assert secret not in text, file.name


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_caps_hold_and_the_journal_makes_the_same_database(
    home: Home, tmp_path: Path, seed: int
):
    random, leases = Random(seed), dict[int, Lease]()
    caps = Caps(film=4 * PRICE, day=3 * PRICE)
    with Ledger.open(home) as ledger:
        for _ in range(50):
            step(ledger, home, random, leases, caps)
            words(ledger, random, caps)
            totals = ledger.totals(film_id=FILM)
            assert totals.day_held + totals.day_charged <= 3 * PRICE
            attempts = [each for entry in ledger.entries() for each in entry.attempts]
            scripts = ledger.spendings()
            held = sum(each.ceiling for each in scripts if each.charged is None)
            assert totals.film_held == held + sum(each.held for each in attempts)
            charged = sum(each.charged or 0 for each in (*scripts, *attempts))
            assert totals.film_charged == charged
    again = home_in(tmp_path / "again")
    again.private.mkdir(parents=True)
    (again.private / "ledger.jsonl").write_bytes((home.private / "ledger.jsonl").read_bytes())
    Ledger.open(again).close()
    assert rows(again) == rows(home)


def words(ledger: Ledger, random: Random, caps: Caps) -> None:
    """Perhaps have a script written, and perhaps hear what it cost."""
    ceiling = Decimal("0.123457")
    try:
        spending, _ = set_aside(ledger, ceiling, caps=caps)
    except RaiseCap:
        return
    if random.random() < 0.7:
        charged = ceiling * random.choice((0, Decimal("0.3"), 1))
        ledger.settle_spending(spending, charged=charged)


def test_a_script_is_held_at_its_most_until_its_price_is_known(ledger: Ledger):
    lost, _ = set_aside(ledger, Decimal("0.05"))
    spending, _ = set_aside(ledger, Decimal("0.05"))
    ledger.settle_spending(spending, charged=Decimal("0.0123"), reason="1000 tokens")
    totals = ledger.totals(film_id=FILM)
    assert (totals.film_held, totals.film_charged) == (Decimal("0.05"), Decimal("0.0123"))
    assert (totals.day_held, totals.day_charged) == (totals.film_held, totals.film_charged)
    found = {each.key: each for each in ledger.spendings(film_id=FILM)}
    assert (found[lost.key].charged, found[spending.key].charged) == (None, Decimal("0.0123"))
    assert found[spending.key].reason == "1000 tokens"
    assert ledger.spendings(film_id="another") == ()
    with pytest.raises(RaiseCap, match=r"The script can cost up to 0\.05 dollars"):
        set_aside(ledger, Decimal("0.05"), caps=Caps(film=Decimal("0.10")))
    trail = [(key, step.state) for _, key, step in ledger.audit()]
    assert trail == [
        *((spending.key, state) for state in ("settled", "reserved")),
        (lost.key, "reserved"),
    ]


def test_one_line_of_a_script_is_enough(home: Home, tmp_path: Path):
    with Ledger.open(home) as ledger:
        spending, _ = set_aside(ledger, Decimal("0.05"))
        ledger.settle_spending(spending, charged=Decimal("0.01"))
    lines = (home.private / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    again = home_in(tmp_path / "again")
    again.private.mkdir(parents=True)
    (again.private / "ledger.jsonl").write_bytes(lines[0] + lines[2])
    with Ledger.open(again) as ledger:
        totals = ledger.totals(film_id=FILM)
        assert (totals.film_held, totals.film_charged) == (0, Decimal("0.01"))


def test_what_a_crash_left_of_a_script(ledger: Ledger, home: Home):
    """Free where it was never sent; unknown, and the owner's to decide, where it was."""
    unsent, _ = set_aside(ledger, Decimal("0.05"))
    sending, lease = set_aside(ledger, Decimal("0.07"))
    ledger.send_spending(sending, lease)
    assert {each.key: each.state for each in ledger.spendings()} == {
        unsent.key: "reserved",
        sending.key: "submitting",
    }
    with pytest.raises(ChooseTake, match="is submitting"):
        ledger.write_off_spending(sending.key, "")
    run_out(home)
    assert [each.key for each in ledger.spendings(states=["unknown"])] == [sending.key]
    # Whoever sets something aside next puts it in order.
    other, others = set_aside(ledger, Decimal("0.01"))
    ledger.send_spending(other, others)
    # The newer one is on its way: it takes no room on a page of those that nobody knows of.
    assert [each.key for each in ledger.spendings(states=["unknown"], limit=1)] == [sending.key]
    assert [each.key for each in ledger.spendings(states=["submitting"])] == [other.key]
    found = {each.key: each for each in ledger.spendings()}
    assert (found[unsent.key].state, found[unsent.key].charged) == ("failed", 0)
    assert found[unsent.key].reason == "stopped before it was sent"
    assert (found[sending.key].state, found[sending.key].charged) == ("unknown", None)
    assert ledger.totals().day_held == other.held + Decimal("0.07")
    with pytest.raises(WaitForOther):
        ledger.send_spending(sending, lease)
    ledger.write_off_spending(sending.key, "not on the bill")
    assert ledger.totals().day_held == other.held
    ledger.try_spending_again(sending.key, "I want it")
    with pytest.raises(ChooseTake, match="is abandoned"):
        ledger.write_off_spending(sending.key, "")
    # Whatever was decided, an outcome that comes to light later is the truth.
    ledger.settle_spending(sending, charged=Decimal("0.02"))
    assert ledger.totals().day_charged == Decimal("0.02")
    states = [step.state for step in ledger.steps(sending.key)]
    assert states[:2] == ["reserved", "submitting"]
    assert states[2:] == ["unknown", "written off", "abandoned", "settled"]


def test_the_shot_comes_back_whole(ledger: Ledger):
    whole = shot().replace(
        negative_prompt="blur",
        seed=7,
        references=({"pixels": "p", "name": "pictures/p.png"},),
        enhance=False,
        prompt="Ein W\u00e4chter \u2014 \u7a4f\u3084\u304b",
    )
    ledger.plan(whole, film_id=FILM, scene_id="s", picture_id="p", asked="whole")
    assert ledger.find(whole.key).shot == whole
