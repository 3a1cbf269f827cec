# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make stop`: ends the servers of this checkout."""

import subprocess

import cluster
import console
import paths
import server


def main():
    """Stop the Odoos, then what there is of private PostgreSQLs."""
    if not paths.STATE.is_dir():
        return
    paths.make_state()
    for folder in (paths.STATE, paths.TEST):
        server.Server(folder).stop()
    end_sites("stop")
    for name in (cluster.NAME, cluster.FAULTY):
        cluster.Cluster(name).stop()


def end_sites(command):
    """Stop or remove what `make cluster` and its tests made."""
    # By Python of the environment: this one may have no driver for PostgreSQL.
    program = paths.ROOT / "scripts" / "make_cluster.py"
    if paths.PYTHON.exists() and [*paths.STATE.glob("cluster*/layout.json")]:
        subprocess.run([paths.PYTHON, program, command], check=True)


if __name__ == "__main__":
    console.main(main)
