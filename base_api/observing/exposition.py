# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Metrics in the text format 0.0.4 of Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from .metric_file import Series
from .metric_table import (
    BUCKETS,
    COUNTERS,
    REQUEST_LABELS,
    REQUESTS,
    SECONDS,
    SEPARATOR,
)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
DURATION = "base_api_request_duration_seconds"

Labels = dict[str, str]
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


class Sample(NamedTuple):
    """One line.

    :param suffix: of the name of the metric, such as `_bucket`
    """

    labels: Labels
    value: float
    suffix: str = ""


class Metric(NamedTuple):
    """All samples of one metric.

    :param kind: counter, gauge or histogram
    """

    name: str
    kind: str
    help: str
    samples: list[Sample]


def exposition(metrics: Iterable[Metric], node: str) -> str:
    """Return metrics as text.

    :param node: a label of all samples
    """
    lines = [line for metric in metrics for line in _lines(metric, {"node": node})]
    return "\n".join([*lines, ""])


def _lines(metric: Metric, common: Labels) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for labels, value, suffix in metric.samples:
        pairs = ",".join(
            f'{name}="{text.translate(_ESCAPES)}"'
            for name, text in (labels | common).items()
        )
        yield f"{metric.name}{suffix}{{{pairs}}} {_number(value)}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def counters(series: Series) -> Iterator[Metric]:
    """Yield the metrics of the counters that processes keep."""
    found: dict[str, list[tuple[list[str], list[float]]]] = {}
    for key, values in sorted(series.items()):
        name, *labels = key.split(SEPARATOR)
        found.setdefault(name, []).append((labels, values))
    requests = found.get(REQUESTS, [])
    yield _request_counter(requests)
    yield _duration_histogram(requests)
    for name, counter in COUNTERS.items():
        samples = [
            Sample(dict(zip(counter.labels, labels, strict=True)), values[0])
            for labels, values in found.get(name, [])
        ]
        if not counter.labels and not samples:
            samples = [Sample({}, 0)]
        yield Metric(name, "counter", counter.help, samples)


def _request_counter(requests: list[tuple[list[str], list[float]]]) -> Metric:
    samples = [
        Sample(dict(zip(REQUEST_LABELS, labels, strict=True)), sum(values[:SECONDS]))
        for labels, values in requests
    ]
    return Metric(REQUESTS, "counter", "Requests that were answered.", samples)


def _duration_histogram(requests: list[tuple[list[str], list[float]]]) -> Metric:
    """Return the histogram of durations over all statuses."""
    sums: dict[tuple[str, str], list[float]] = {}
    for (route, method, _status), values in requests:
        before = sums.get((route, method), [0.0] * len(values))
        pairs = zip(before, values, strict=True)
        sums[route, method] = [a + b for a, b in pairs]
    samples = [
        sample
        for (route, method), values in sums.items()
        for sample in _histogram({"route": route, "method": method}, values)
    ]
    text = "Time from the arrival of a request until its answer begins to be sent."
    return Metric(DURATION, "histogram", text, samples)


def _histogram(labels: Labels, values: list[float]) -> Iterator[Sample]:
    bounds = [*map(str, BUCKETS), "+Inf"]
    cumulative = list(accumulate(values[:SECONDS]))
    for bound, number in zip(bounds, cumulative, strict=True):
        yield Sample(labels | {"le": bound}, number, "_bucket")
    yield Sample(labels, values[SECONDS], "_sum")
    yield Sample(labels, cumulative[-1], "_count")
