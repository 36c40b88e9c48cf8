"""The admin in place of Django's own: `administration_site.py` says what it is."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "qmm_site.administration_site.Administration"
