"""Addresses of the cohort explorer and its downloads."""

from django.urls import URLPattern

app_name = "benchmarks"
urlpatterns: list[URLPattern] = []
