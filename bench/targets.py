# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What base_api has to reach: ratios within one run, never absolute times."""

from collections.abc import Callable
from dataclasses import dataclass

THREADED, PREFORK = "Threaded", "Prefork, 2 workers"
OWN, BARE = "base_api", "bare controller"
OFF = "base_api, switched off"


@dataclass(frozen=True)
class Target:
    """A figure and what it has to be.

    :param measure: from the results of a run to the figure; `KeyError` if that run
        did not measure it
    :param bound: what it has to be at least, or at most
    :param aim: what would be better still
    :param check: a bound so far from the noise of a shared machine that something is
        broken beyond it; nothing where there is none
    :param at_most: whether less is better
    """

    title: str
    measure: Callable
    bound: float
    aim: float
    check: float | None = None
    at_most: bool = False

    def is_met(self, figure, bound):
        return figure <= bound if self.at_most else figure >= bound

    def text(self, bound):
        return f"{'<= ' * self.at_most}{bound:g}"


def evaluate(runs):
    """Return `[(title, figure of each run, at least, aim, verdict)]`, as text."""
    lines = []
    for target, figures in _figures(runs):
        met = sum(target.is_met(figure, target.bound) for figure in figures)
        lines.append(
            (
                target.title,
                ", ".join(f"{figure:.2f}" for figure in figures),
                target.text(target.bound),
                target.text(target.aim),
                f"met in {met} of {len(figures)}",
            )
        )
    return lines


def failures(runs):
    """Return a sentence for each figure that no noise explains."""
    return [
        f"{target.title}: {figure:.2f}, expected {target.text(target.check)}"
        for target, figures in _figures(runs)
        for figure in figures
        if target.check is not None and not target.is_met(figure, target.check)
    ]


def _figures(runs):
    for target in TARGETS:
        try:
            yield target, [target.measure(run) for run in runs]
        except KeyError:
            continue


def _against(mode, key, baseline):
    """Return the measure: requests per second as a multiple of a baseline."""

    def measure(results):
        summaries = results["compared"][mode][key]
        return summaries[OWN]["per_second"] / summaries[baseline]["per_second"]

    return measure


def _signing_in(own):
    """Return the measure: milliseconds more than the same route takes without."""

    def measure(results):
        summaries = results["compared"][THREADED]["sign_in/1"]
        unsigned = summaries["base_api, nobody signed in"]["median_ms"]
        return summaries[own]["median_ms"] - unsigned

    return measure


def _watching(results):
    """Return the milliseconds that a list takes more with everything switched on."""
    summaries = results["compared"][THREADED]["watched_list/1"]
    return summaries[OWN]["median_ms"] - summaries[OFF]["median_ms"]


def _last_page(results):
    summaries = results["compared"][THREADED]["list_last_page/1"]
    return summaries[OWN]["median_ms"] / summaries["base_api, first page"]["median_ms"]


def _signing_in_statements(results):
    statements = results["statements"]["sign_in"]
    return statements[OWN] - statements["base_api, nobody signed in"]


def _list_statements(results):
    statements = results["statements"]["list_partners"]
    return statements[OWN] - statements[BARE] - _signing_in_statements(results)


def _rows(results):
    rows = results["rows"]
    return rows[OWN]["rows_per_second"] / rows["JSON-2"]["rows_per_second"]


def _list_targets(mode, clients, words):
    """Return those of ten partners: baseline, at least, aim, check."""
    return [
        Target(
            f"10 partners, {words}, x {baseline}",
            _against(mode, f"list_partners/{clients}", baseline),
            *bounds,
        )
        for baseline, *bounds in (
            ("JSON-2", 1.9, 2.5, 1.3),
            ("OCA fastapi", 2.6, 3.5, 1.6),
            ("JSON-RPC", 1.1, 1.5, 0.8),
            (BARE, 0.95, 1.2, 0.7),
        )
    ]


TARGETS = (
    *_list_targets(THREADED, 1, "1 client, threaded"),
    *_list_targets(PREFORK, 4, "4 clients, 2 workers"),
    Target("signing in with a key, ms", _signing_in(OWN), 0.3, 0, at_most=True),
    Target(
        "signing in with a session, ms",
        _signing_in("base_api, session"),
        *(0.3, 0),
        at_most=True,
    ),
    Target("audit, usage, metrics, ids: a list, ms", _watching, 0.4, 0, at_most=True),
    *(
        Target(
            f"audit, usage, metrics, ids: {title}, x switched off",
            _against(THREADED, f"watched_{name}/1", OFF),
            *(bound, 1, check),
        )
        for name, title, bound, check in (
            ("list", "a list", 0.97, 0.8),
            ("create", "a create, a partner", 0.98, 0.8),
            ("create_light", "a create, a tag", 0.98, None),
        )
    ),
    Target("signing in, statements", _signing_in_statements, 1, 0, 1, at_most=True),
    Target(
        "a list, statements beyond signing in and the bare call",
        _list_statements,
        *(0, 0, 0),
        at_most=True,
    ),
    Target(
        "page at row 299,000 by cursor, x time of the first",
        _last_page,
        *(1.3, 1.05, 3),
        at_most=True,
    ),
    Target("100,000 rows out, rows/s x JSON-2", _rows, 1, 2, 0.7),
    Target(
        "100,000 rows out, MB more memory",
        lambda results: results["rows"][OWN]["grown_mb"],
        *(60, 60, 60),
        at_most=True,
    ),
    Target(
        "1,000 creates in one call, x JSON-2",
        _against(THREADED, "create_many/1", "JSON-2"),
        *(1, 1.2),
    ),
    Target(
        "one create (a tag of partners), x JSON-2",
        _against(THREADED, "create_light/1", "JSON-2"),
        *(1.7, 1.7, 1.1),
    ),
    # The bare controller, which only creates it, does not reach this either.
    Target(
        "one create (a partner: Odoo's chatter too), x JSON-2",
        _against(THREADED, "create_one/1", "JSON-2"),
        *(1.7, 1.7),
    ),
)
