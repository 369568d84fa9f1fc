"""Figures in Prometheus' text format, read from the books at every scrape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import fmean

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from server import PromptServer

from ...onereel.library.jobs import JobFigures
from ...onereel.shoot.buying.opening import caps_of
from ...onereel.shoot.models.registry import Registry
from .routes import Call
from .shelf import shelf

__all__ = ["exposition"]


def exposition(call: Call, *, storage: Mapping[str, int]) -> str:
    """All figures, as text."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(call, storage))
    return generate_latest(registry).decode()


class _Figures:
    """A collector: prometheus-client asks it once, while it writes."""

    def __init__(self, call: Call, storage: Mapping[str, int]) -> None:
        self._call = call
        self._storage = storage

    def collect(self) -> Iterator[Metric]:
        """Read the books."""
        yield from self._money()
        yield from self._quota()
        yield from self._queue()
        yield from self._jobs()
        yield _gauge("onereel_storage_bytes", "Media on disk", "kind", self._storage)

    def _money(self) -> Iterator[Metric]:
        caps = caps_of(self._call.settings)
        books = shelf(self._call.home, self._call.settings).ledger
        totals = books.totals(zone=caps.zone)
        yield _gauge(
            "onereel_spent_dollars",
            "Spent",
            "period",
            {"day": totals.day_charged, "month": totals.month_charged},
        )
        yield _gauge(
            "onereel_held_dollars",
            "Set aside",
            "period",
            {"day": totals.day_held, "month": totals.month_held},
        )
        limits = {"film": caps.film, "day": caps.day, "month": caps.month}
        yield _gauge(
            "onereel_cap_dollars",
            "Caps",
            "period",
            {name: cap for name, cap in limits.items() if cap is not None},
        )
        yield _gauge(
            "onereel_takes", "Takes of the ledger by state", "state", books.count_by_state()
        )

    def _jobs(self) -> Iterator[Metric]:
        figures = shelf(self._call.home, self._call.settings).jobs.figures()
        counts = GaugeMetricFamily("onereel_jobs", "Jobs", labels=["action", "state"])
        for (action, state), count in figures.counts.items():
            counts.add_metric([action, state], count)
        yield counts
        times = GaugeMetricFamily(
            "onereel_generation_seconds",
            "How long the last jobs ran that were done",
            labels=["action", "statistic"],
        )
        for action, seconds in figures.seconds.items():
            found = {"min": min(seconds), "average": fmean(seconds), "max": max(seconds)}
            for statistic, value in found.items():
                times.add_metric([action, statistic], value)
        yield times
        yield _gauge("onereel_success_ratio", "Of the jobs that ended", "action", _success(figures))
        yield _gauge("onereel_errors", "Jobs that failed, by error", "error", figures.errors)

    def _quota(self) -> Iterator[Metric]:
        registry = Registry.load(self._call.home)
        books = shelf(self._call.home, self._call.settings).ledger
        zone = self._call.settings.buying.zone
        named = [model for model in registry.models.values() if model.tasks]
        known = books.sent_today(zone)
        sent = {model.name: known.get(model.name, 0) for model in named}
        allowed = {model.name: model.per_day for model in named if model.per_day}
        yield _gauge("onereel_requests_today", "Requests sent today", "model", sent)
        yield _gauge("onereel_requests_per_day", "Requests a day", "model", allowed)

    def _queue(self) -> Iterator[Metric]:
        running, waiting = PromptServer.instance.prompt_queue.get_current_queue_volatile()
        figures = {"running": len(running), "waiting": len(waiting)}
        yield _gauge("onereel_queue_prompts", "Prompts in ComfyUI's queue", "state", figures)


def _success(figures: JobFigures) -> dict[str, float]:
    """Of the jobs that ended by themselves, how many were done, by action."""
    ended: dict[str, list[int]] = {}
    for (action, state), count in figures.counts.items():
        if state in ("done", "failed"):
            ended.setdefault(action, [0, 0])[state == "done"] += count
    return {action: done / (failed + done) for action, (failed, done) in ended.items()}


def _gauge(
    name: str, about: str, label: str, figures: Mapping[str, int | float | Decimal]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, figure in figures.items():
        family.add_metric([value], float(figure))
    return family
