"""Addresses of the cohort explorer and its downloads."""

from django.urls import path

from benchmarks import views

app_name = "benchmarks"
urlpatterns = [
    path("cohorts/<slug:slug>/", views.cohort, name="cohort"),
    path("cohorts/<slug:slug>.csv", views.as_csv, name="cohort_csv"),
    path("cohorts/<slug:slug>.json", views.as_json, name="cohort_json"),
]
