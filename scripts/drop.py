# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Part of `make clean`: drops our databases on a server that is not ours."""

import console
import database
import postgres


def main():
    database.Databases(postgres.ensure()).drop_all()


if __name__ == "__main__":
    console.main(main)
