"""Addresses of organisations, assessments, reports and the landing page."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from assessments.views import (
    answers,
    assessments,
    comparison,
    history,
    home,
    organisations,
    preferences,
    report,
    saving,
    workbooks,
)

app_name = "assessments"

# /assessments/<uuid>/
assessment_urls = [
    path("", assessments.overview, name="overview"),
    path("edit/", assessments.edit, name="edit"),
    path("delete/", assessments.delete, name="delete"),
    path("continue/", assessments.resume, name="continue"),
    path("answers/<slug:code>/", saving.save, name="save"),
    path("answers/<slug:code>/history/", history.history, name="history"),
    path("raters/comparison/", comparison.page, name="comparison"),
    path("report/", report.page, name="report"),
    path("report.pdf", report.as_pdf, name="report_pdf"),
    path("report.json", report.as_json, name="report_json"),
    path("report.csv", report.as_csv, name="report_csv"),
    path("workbook.xlsx", workbooks.download, name="workbook"),
    path("workbook/import/", workbooks.upload, name="workbook_import"),
    re_path(r"^(?P<area_code>[A-Z]{1,8})/$", answers.area, name="area"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("set-up/", organisations.set_up, name="set_up"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<int:organisation_id>/", organisations.rename, name="organisation"),
    path("organisations/<int:organisation_id>/sites/new/", organisations.site_new, name="site_new"),
    path("sites/<int:site_id>/", organisations.site, name="site"),
    path("assessments/", assessments.listing, name="list"),
    path("assessments/new/", assessments.new, name="new"),
    path("assessments/<uuid:assessment_id>/", include(assessment_urls)),
]
