# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults of a cluster under clients that repeat.

Nothing that was acknowledged is lost, nothing is done twice, nothing that exists is not
found, and no answer is a 500: only a 503, for a few seconds.
"""

import os

import cluster_faults as faults
import pytest

RATES = os.environ.get("BASE_API_CLUSTER_RATES") or "20"
rates = pytest.mark.parametrize("rate", list(map(int, RATES.split(","))))
pytestmark = rates
UNNOTICED = [faults.restart_nodes]
NOTICED = [faults.kill_workers, faults.kill_node, faults.hang_node]
NOTICED += [faults.crash_primary, faults.switch_over]
OF_THE_STANDBY = [faults.hang_standby, faults.pause_replay]
AGE = 0  # seconds: what was just created is read, which the key remembers


@pytest.mark.parametrize("fault", UNNOTICED)
def test_planned(site, fault, rate):
    """What is planned refuses no request."""
    site.endure(fault, rate).check(seconds_of_503=0)


@pytest.mark.parametrize("fault", NOTICED)
def test_faults(site, fault, rate):
    site.endure(fault, rate).check()


@pytest.mark.parametrize("fault", OF_THE_STANDBY)
def test_faults_of_the_standby(site, fault, rate):
    """A standby that writes do not wait for delays nobody for long."""
    site.endure(fault, rate, synchronous=False, age=AGE).check()
