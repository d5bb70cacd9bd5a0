"""Metrics: what Prometheus collects from `GET /metrics`: requests, answers, stages, and what the store holds.

Labels are names of our own: no question, no file, no address of anybody. Counts; serves nothing.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from qa.errors import StoreError
from qa.types import Answer

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.web.answering import Answering

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_STAGE_SECONDS = (0.001, 0.0025, *_SECONDS)


class Metrics:
    """Counts of one server; safe to use from several threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "wenju_http_requests",
            "Requests by route, method and status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "wenju_http_request_seconds",
            "Seconds from a request to the end of its response, by route.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "wenju_answers",
            "Questions by surface and by what came of them.",
            ("surface", "outcome"),
            registry=self._registry,
        )
        self._stages = Histogram(
            "wenju_stage_seconds",
            "Seconds of each step of an answer.",
            ("stage",),
            buckets=_STAGE_SECONDS,
            registry=self._registry,
        )

    def requested(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request; `route` is a template, never a path."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, surface: str, answer: Answer) -> None:
        """Count an answer and the time that its steps took."""
        self._answers.labels(surface, "abstained" if answer.abstained else "answered").inc()
        self._observe(answer.timings_ms)

    def refused(self, surface: str, code: str) -> None:
        """Count a question that no answer came of; `code` is one of `qa.web.api.problems.CODES`."""
        self._answers.labels(surface, code).inc()

    def text(self, assistant: "Assistant", answering: "Answering") -> bytes:
        """Return everything in the text format of Prometheus, with what is true at this moment."""
        now = CollectorRegistry()
        now.register(_Now(assistant, answering))
        return generate_latest(self._registry) + generate_latest(now)

    def _observe(self, timings_ms: Mapping[str, float]) -> None:
        for stage, milliseconds in timings_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)


class _Now(Collector):
    """What the store holds and how many questions are under way; no counts where the store cannot be read."""

    def __init__(self, assistant: "Assistant", answering: "Answering") -> None:
        self._assistant = assistant
        self._answering = answering

    def describe(self) -> Iterable[Metric]:
        """Return nothing: no name is needed before there is a value."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Return the figures."""
        unfinished = GaugeMetricFamily("wenju_questions_unfinished", "Questions waiting or being answered.")
        unfinished.add_metric((), self._answering.unfinished)
        readable = GaugeMetricFamily("wenju_store_readable", "1 where the store can be read, else 0.")
        try:
            status = self._assistant.status()
        except StoreError:
            readable.add_metric((), 0)
            return [unfinished, readable]
        readable.add_metric((), 1)
        counts = GaugeMetricFamily("wenju_store", "What the store holds.", labels=("what",))
        for what in ("documents", "articles", "passages"):
            counts.add_metric((what,), getattr(status, what))
        generation = GaugeMetricFamily("wenju_store_generation", "Generation of the store.")
        generation.add_metric((), status.generation)
        return [unfinished, readable, counts, generation]
