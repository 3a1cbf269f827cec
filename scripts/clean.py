# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make clean`: stops everything, and removes what these commands made."""

import subprocess

import cluster
import console
import paths
import process
import settings
import stop

CACHED = ("base_api", "clients", "scripts", "tests")


def main():
    for name in CACHED:
        for cache in [*(paths.ROOT / name).rglob("__pycache__")]:
            paths.remove(cache)
    paths.remove(paths.DIST)
    if not paths.STATE.is_dir():
        return
    stop.main()
    if settings.has_server() and paths.PYTHON.exists():
        drop = subprocess.run([paths.PYTHON, paths.ROOT / "scripts" / "drop.py"])
        if drop.returncode:
            return drop.returncode
    stop.end_sites("remove")
    for name in (cluster.NAME, cluster.FAULTY):
        cluster.Cluster(name).remove()
    title = f"Removing {paths.STATE}"
    # The log of this would be in the folder itself.
    with console.Step(title) as step:
        removal = process.start(["rm", "-rf", paths.STATE], subprocess.DEVNULL)
        while process.wait(removal, 0.2) is None:
            step.tick()


if __name__ == "__main__":
    console.main(main)
