# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The plot beside the report."""

import matplotlib

matplotlib.use("svg")

from matplotlib import pyplot  # noqa: E402

COLOURS = {"base_api": "#714b67"}  # the others are grey


def draw(results, file):
    """Draw requests per second of the list, threaded and with two workers."""
    shown = [
        (mode, key)
        for mode, key in (
            ("Threaded", "list_partners/1"),
            ("Prefork, 2 workers", "list_partners/4"),
        )
        if key in results["compared"].get(mode, {})
    ]
    figure, axes = pyplot.subplots(1, len(shown), figsize=(5 * len(shown), 3.5))
    for axis, (mode, key) in zip(
        axes if len(shown) > 1 else [axes], shown, strict=True
    ):
        summaries = results["compared"][mode][key]
        names = sorted(summaries, key=lambda name: summaries[name]["per_second"])
        values = [summaries[name]["per_second"] for name in names]
        bars = axis.barh(names, values, color=[COLOURS.get(n, "#bbb") for n in names])
        axis.bar_label(bars, fmt="%.0f", padding=3)
        clients = key.partition("/")[2]
        axis.set_title(f"{mode}, {clients} client{'s' * (clients != '1')}", fontsize=10)
        axis.set_xlabel("requests/s: 10 partners by 6 fields")
        axis.spines[["top", "right"]].set_visible(False)
        axis.margins(x=0.15)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})
