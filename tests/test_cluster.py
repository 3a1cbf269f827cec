# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The short form of the faults of a cluster: its primary is lost."""

import cluster_faults


def test_the_primary_is_lost(site):
    """The standby is promoted; nothing is lost, and no answer is a 500."""
    site.endure(cluster_faults.crash_primary, rate=5).check()
