#!/usr/bin/env python3
"""Django's command line for this project; `./run` wraps it for daily use."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qmm_site.settings")
    from django.core.management import execute_from_command_line

    from qmm_site.environment import SettingsError

    try:
        execute_from_command_line(sys.argv)
    except SettingsError as problem:
        sys.exit(f"Settings: {problem}")
