#!/usr/bin/env python3
"""Django's command line for this project; `./run` wraps it for daily use."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qmm_site.settings")
    from django.core.management import execute_from_command_line

    from assessments.database_rules import acting
    from qmm_site.environment import SettingsError

    command = f"command:{' '.join(sys.argv[1:2]) or 'help'}"[:80]
    acting.stand_for(actor=command, actor_name="the server’s command line", origin=command)
    try:
        execute_from_command_line(sys.argv)
    except SettingsError as problem:
        sys.exit(f"Settings: {problem}")
