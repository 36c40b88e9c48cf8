"""Addresses of organisations, assessments, reports and the landing page."""

from django.urls import URLPattern

app_name = "assessments"
urlpatterns: list[URLPattern] = []
