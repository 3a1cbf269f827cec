# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make stop`: ends the servers of this checkout."""

import cluster
import console
import paths
import server


def main():
    """Stop both Odoos, then what there is of private PostgreSQLs."""
    if not paths.STATE.is_dir():
        return
    paths.make_state()
    for folder in (paths.STATE, paths.TEST):
        server.Server(folder).stop()
    for name in (cluster.NAME, cluster.FAULTY):
        cluster.Cluster(name).stop()


if __name__ == "__main__":
    console.main(main)
