# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults of a cluster, each a function that makes it and ends it."""

import os
import signal
import time

import psutil

HUNG = 8  # seconds
CALM = 3  # seconds before and after a fault
PAUSE = "SELECT pg_wal_replay_pause()"
RESUME = "SELECT pg_wal_replay_resume()"


def kill_workers(site):
    """All workers of one node are killed."""
    for worker in workers(site.nodes["a"]):
        worker.kill()
    time.sleep(HUNG)


def kill_node(site):
    """A node loses all of its processes, and is started again."""
    signal_node(site.nodes["a"], signal.SIGKILL)
    time.sleep(HUNG)
    site.ready("a")


def restart_nodes(site):
    """Both nodes are drained and restarted, one after the other."""
    for name in site.nodes:
        site.restart(name)


def hang_node(site):
    """No process of a node goes on, for a while."""
    signal_node(site.nodes["a"], signal.SIGSTOP)
    time.sleep(HUNG)
    signal_node(site.nodes["a"], signal.SIGCONT)
    site.proxy.wait_for("odoo", "a", up=True)


def hang_standby(site):
    """No process of the standby goes on, for a while."""
    name = site.standby.short
    site.standby.hang()
    time.sleep(HUNG)
    site.standby.resume()
    site.proxy.wait_for("fresh_standby", name, up=True)


def pause_replay(site):
    """The standby receives what is written and does not show it, for a while."""
    site.standby.query(PAUSE)
    time.sleep(HUNG)
    site.standby.query(RESUME)
    site.proxy.wait_for("fresh_standby", site.standby.short, up=True)


def crash_primary(site):
    """The primary is lost, the standby is promoted, the former primary rejoins."""
    site.failover()
    time.sleep(CALM)
    site.rejoin()


def switch_over(site):
    """Primary and standby change their roles, in order."""
    site.failover(planned=True)
    time.sleep(CALM)
    site.rejoin()


def workers(node):
    """The processes that answer requests."""
    children = psutil.Process(pid(node)).children()
    return [child for child in children if "gevent" not in child.cmdline()]


def signal_node(node, number):
    os.killpg(pid(node), number)


def pid(node):
    return int(node.pid_file.read_text())
