"""Addresses of organisations, assessments, reports and the landing page."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from assessments.views import answers, assessments, home, organisations, questionnaires, report

app_name = "assessments"

# /assessments/<uuid>/
assessment_urls = [
    path("", assessments.overview, name="overview"),
    path("edit/", assessments.edit, name="edit"),
    path("delete/", assessments.delete, name="delete"),
    path("report/", report.page, name="report"),
    path("report.pdf", report.as_pdf, name="report_pdf"),
    path("report.json", report.as_json, name="report_json"),
    path("report.csv", report.as_csv, name="report_csv"),
    path("questionnaire.pdf", questionnaires.of_assessment, name="questionnaire_pdf"),
    re_path(r"^(?P<area_code>[A-Z]{1,8})/$", answers.area, name="area"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("set-up/", organisations.set_up, name="set_up"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<int:organisation_id>/", organisations.rename, name="organisation"),
    path("organisations/<int:organisation_id>/sites/new/", organisations.site_new, name="site_new"),
    path("sites/<int:site_id>/", organisations.site, name="site"),
    re_path(r"^questionnaires/(?P<version>[a-z0-9][a-z0-9.-]*)\.pdf$", questionnaires.of_version, name="blank_pdf"),
    path("assessments/", assessments.listing, name="list"),
    path("assessments/new/", assessments.new, name="new"),
    path("assessments/<uuid:assessment_id>/", include(assessment_urls)),
]
