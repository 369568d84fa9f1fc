"""The fault matrix as data: what strikes a scene, at which step, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onereel.shoot.order import PaidOptions
from tests.reliability.production import OMNI, VEO
from tests.standins import Fault
from tests.standins.google_storage import BUCKET

__all__ = ["FORMS", "Case", "Form", "cases"]


@dataclass(frozen=True)
class Form:
    """One way to buy a clip, and the steps it takes."""

    name: str
    options: PaidOptions
    bucket: str
    steps: tuple[str, ...]


FORMS = (
    Form("veo", VEO, "", ("submit", "outcome", "poll")),
    Form(
        "veo with a bucket",
        VEO,
        f"gs://{BUCKET}/films",
        ("submit", "outcome", "poll", "storage", "download"),
    ),
    Form("omni", OMNI, "", ("submit", "outcome", "poll", "files", "download")),
)


@dataclass(frozen=True)
class Case:
    """One fault at one step.

    `first` is the state of the take after a run with the fault, `then` after a run without it, and
    `last` after the owner answered for it, where it waits for an answer.
    """

    name: str
    fault: Fault
    first: str
    then: str = "ready"
    last: str = "ready"


def cases(form: Form, step: str) -> Sequence[Case]:
    """Every fault that can strike this step of this form."""
    if step == "submit":
        return list(_submit(form))
    if step == "outcome":
        return list(_outcome(form))
    return list(_question(form, step))


def _case(what: str, where: str, first: str, then: str = "ready", last: str = "ready", **more):
    late = " late" if more.get("late") else ""
    words = " ".join(f"{key} {value}" for key, value in more.items() if key in ("code", "reason"))
    fault = Fault(what, where=where, times=None, **more)
    return Case(f"{what}{late} {words}".strip(), fault, first, then, last)


def _submit(form: Form) -> Iterator[Case]:
    where = "submit"
    # What was taken turns up in the bucket.
    taken = ("ready", "ready") if form.bucket else ("unknown", "unknown")
    for what in ("latency", "drip"):
        yield _case(what, where, "ready", seconds=0.02)
    for what in ("duplicated", "mime"):
        yield _case(what, where, "ready")
    # The service said no: free.
    for what in ("400", "401", "403", "404", "429", "503"):
        yield _case(what, where, "failed")
    yield _case("429", where, "failed", retry=0.02)
    # Nobody knows whether it was taken.
    for what in ("408", "409", "500", "502", "504", "reset", "disconnect", "hang"):
        yield _case(what, where, "unknown", "unknown", seconds=0.2)
        yield _case(what, where, *taken, late=True, seconds=0.2)
    for what in ("garbage", "truncated", "cut", "void"):
        yield _case(what, where, *taken)


def _outcome(form: Form) -> Iterator[Case]:
    where, omni = "outcome", form.options.renderer == "omni"
    yield _case("slow", where, "ready", seconds=0.2)
    yield _case("never", where, "failed", "failed", "failed")
    yield _case("blocked", where, "refused")
    yield _case("filtered", where, "refused")
    yield _case("audio", where, "refused")
    yield _case("error", where, "failed", "unknown")
    if omni:
        yield _case("chatty", where, "ready")
        yield _case("blocked", where, "refused", late=True)
        yield _case("text", where, "refused")
        yield _case("empty", where, "failed")
        # Paid for and not delivered: only the owner may have it bought again.
        yield _case("lost", where, "failed", "unknown")
        yield _case("text", where, "unknown", "unknown", charged=True)
        yield _case("quota", where, "failed", "failed", "failed")
    else:
        yield _case("blocked", where, "refused", late=True)
        yield _case("empty", where, "failed", "unknown")


def _question(form: Form, step: str) -> Iterator[Case]:
    """What can strike a question or a download: the clip stays where it is."""
    for what in ("latency", "drip"):
        yield _case(what, step, "ready", seconds=0.01)
    for what in ("400", "401", "403", "404", "408", "409", "429", "500", "502", "503", "504"):
        # An operation that a service no longer knows may have been charged.
        yield _case(what, step, "unknown" if (what, step) == ("404", "poll") else "failed")
    for what in ("reset", "disconnect", "hang"):
        yield _case(what, step, "failed", seconds=0.2)
    for what in ("garbage", "cut", "void", "truncated"):
        yield _case(what, step, "failed")
    yield _case("mime", step, "ready")
    if step != "download":
        yield _case("duplicated", step, "ready")
    if step == "download" or (step == "poll" and form.name == "veo"):
        yield _case("short", step, "failed")
        yield _case("corrupt", step, "failed")
    if step in ("download", "files", "storage"):
        yield _case("expired", step, "failed")
