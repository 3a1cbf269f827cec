# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What base_api has to reach: ratios within one run, never absolute times."""

THREADED, PREFORK = "Threaded", "Prefork, 2 workers"


def evaluate(results):
    """Return ``[(what, reached, at least, aim, verdict)]`` of what was measured.

    A ratio that has to stay small has a negative bound in :data:`TARGETS`.
    """
    lines = []
    for title, measure, bound, aim in TARGETS:
        try:
            reached = measure(results)
        except KeyError:  # not part of this run
            continue
        met = reached >= bound if bound > 0 else reached <= -bound
        sign = "" if bound > 0 else "<= "
        verdict = "met" if met else "missed"
        lines.append(
            (
                title,
                f"{reached:.2f}",
                f"{sign}{abs(bound)}",
                f"{sign}{abs(aim)}",
                verdict,
            )
        )
    return lines


def against(mode, key, baseline, own="base_api"):
    """Return the measure: requests per second as a multiple of a baseline."""

    def measure(results):
        summaries = results["compared"][mode][key]
        return summaries[own]["per_second"] / summaries[baseline]["per_second"]

    return measure


def milliseconds_of_signing_in(own):
    def measure(results):
        summaries = results["compared"][THREADED]["sign_in/1"]
        unsigned = summaries["base_api, nobody signed in"]["median_ms"]
        return summaries[own]["median_ms"] - unsigned

    return measure


def last_page(results):
    compared = results["compared"][THREADED]
    first = compared["list_partners/1"]["base_api"]["median_ms"]
    return compared["list_last_page/1"]["base_api"]["median_ms"] / first


def statements_of_signing_in(results):
    statements = results["statements"]["sign_in"]
    return statements["base_api"] - statements["base_api, nobody signed in"]


def statements_of_a_list(results):
    """More than the bare call takes, which asks nobody who they are."""
    statements = results["statements"]["list_partners"]
    return statements["base_api"] - statements["bare search_read"]


def rows(results):
    return (
        results["rows"]["base_api"]["rows_per_second"]
        / results["rows"]["JSON-2"]["rows_per_second"]
    )


def grown(results):
    return results["rows"]["base_api"]["grown_mb"]


LIST, LIST_4 = "list_partners/1", "list_partners/4"
TARGETS = (
    ("10 partners, threaded, x JSON-2", against(THREADED, LIST, "JSON-2"), 1.9, 2.5),
    (
        "10 partners, threaded, x OCA fastapi",
        against(THREADED, LIST, "OCA fastapi"),
        2.6,
        3.5,
    ),
    (
        "10 partners, threaded, x JSON-RPC",
        against(THREADED, LIST, "JSON-RPC"),
        1.1,
        1.5,
    ),
    (
        "10 partners, threaded, x bare search_read",
        against(THREADED, LIST, "bare search_read"),
        0.95,
        1.2,
    ),
    (
        "10 partners, 4 clients on 2 workers, x JSON-2",
        against(PREFORK, LIST_4, "JSON-2"),
        1.9,
        2.5,
    ),
    (
        "10 partners, 4 clients on 2 workers, x OCA fastapi",
        against(PREFORK, LIST_4, "OCA fastapi"),
        2.6,
        3.5,
    ),
    (
        "10 partners, 4 clients on 2 workers, x JSON-RPC",
        against(PREFORK, LIST_4, "JSON-RPC"),
        1.1,
        1.5,
    ),
    (
        "10 partners, 4 clients on 2 workers, x bare search_read",
        against(PREFORK, LIST_4, "bare search_read"),
        0.95,
        1.2,
    ),
    ("signing in with a key, ms", milliseconds_of_signing_in("base_api"), -0.3, -0.1),
    (
        "signing in with a session, ms",
        milliseconds_of_signing_in("base_api, session"),
        -0.3,
        -0.1,
    ),
    ("signing in, statements", statements_of_signing_in, -1, -0.0),
    ("page at row 299,000 / first page", last_page, -1.3, -1.05),
    ("100,000 rows out, rows/s x JSON-2", rows, 1.0, 2.0),
    ("100,000 rows out, MB more memory", grown, -60, -60),
    (
        "1,000 creates in one call, x JSON-2",
        against(THREADED, "create_many/1", "JSON-2"),
        1.0,
        1.2,
    ),
    ("one create, x JSON-2", against(THREADED, "create_one/1", "JSON-2"), 1.7, 1.7),
    ("statements of a list beyond the bare call", statements_of_a_list, -1, -0.0),
)
