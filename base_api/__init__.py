# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import dispatcher  # first: routes name its routing type when imported
from . import controllers
from . import models
from . import unrouted
from . import wizards
from .hooks import uninstall_hook
