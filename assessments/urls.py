"""Addresses of organisations, assessments, reports, raters and the landing page."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from assessments.views import (
    answers,
    archive,
    assessments,
    assigning,
    comparison,
    deletion,
    history,
    home,
    invitations,
    member_invitations,
    members,
    organisations,
    preferences,
    questionnaires,
    rater_links,
    raters,
    rating,
    rating_saving,
    report,
    rounds,
    saving,
    second_factor,
    server_access,
    shared,
    sharing,
    signing,
    trail,
)
from assessments.views.on_demand import on_demand

app_name = "assessments"

# /assessments/<uuid>/raters/
rater_urls: list[URLPattern | URLResolver] = [
    path("", raters.raters, name="raters"),
    path("round/", rounds.round_new, name="round_new"),
    path("deadline/", rounds.deadline, name="round_deadline"),
    path("close/", rounds.close, name="round_close"),
    path("reopen/", rounds.reopen, name="round_reopen"),
    path("comparison/", comparison.page, name="comparison"),
    path("compare/", rounds.compare, name="round_compare"),
    path("invite/", invitations.invite, name="rater_invite"),
    path("remind/", invitations.remind_all, name="raters_remind"),
    path("<uuid:rater_id>/remind/", invitations.remind, name="rater_remind"),
    path("<uuid:rater_id>/renew/", invitations.renew, name="rater_renew"),
    path("<uuid:rater_id>/withdraw/", invitations.withdraw, name="rater_withdraw"),
]

# /assessments/<uuid>/
assessment_urls: list[URLPattern | URLResolver] = [
    path("", assessments.overview, name="overview"),
    path("edit/", assessments.edit, name="edit"),
    path("delete/", assessments.delete, name="delete"),
    path("assign/", assigning.assign, name="assign"),
    path("continue/", assessments.resume, name="continue"),
    path("answers/<slug:code>/", saving.save, name="save"),
    path("answers/<slug:code>/confirm/", comparison.confirm, name="confirm"),
    path("answers/<slug:code>/history/", history.history, name="history"),
    path("raters/", include(rater_urls)),
    path("sharing/", sharing.sharing, name="sharing"),
    path("sharing/<uuid:link_id>/withdraw/", sharing.withdraw, name="sharing_withdraw"),
    path("signatures/", signing.page, name="signatures"),
    path("signatures/data.json", signing.signed_data, name="signed_data"),
    path("review/", signing.send, name="review_send"),
    path("return/", signing.send_back, name="review_return"),
    path("sign/", signing.sign_it, name="sign"),
    path("revise/", signing.revise, name="revise"),
    path("report/", report.page, name="report"),
    path("report.pdf", report.as_pdf, name="report_pdf"),
    path("report.json", report.as_json, name="report_json"),
    path("report.csv", report.as_csv, name="report_csv"),
    path("report.xlsx", on_demand("office_files.as_xlsx"), name="report_xlsx"),
    path("report.docx", on_demand("office_files.as_docx"), name="report_docx"),
    path("workbook.xlsx", on_demand("workbooks.download"), name="workbook"),
    path("workbook/import/", on_demand("workbooks.upload"), name="workbook_import"),
    path("questionnaire.pdf", questionnaires.of_assessment, name="questionnaire_pdf"),
    re_path(r"^(?P<area_code>[A-Z]{1,8})/$", answers.area, name="area"),
]

# /organisations/<number>/people/
people_urls: list[URLPattern | URLResolver] = [
    path("", members.people, name="people"),
    path("invite/", member_invitations.invite, name="member_invite"),
    path("invitations/<uuid:invitation_id>/withdraw/", member_invitations.withdraw, name="member_invitation_withdraw"),
    path("leave/", members.leave, name="member_leave"),
    path("<int:membership_id>/", members.member, name="member"),
    path("<int:membership_id>/remove/", members.remove, name="member_remove"),
]

# /rate/<uuid>/: for raters, who need no account; the cookie of their browser is sent to these addresses alone
rating_urls: list[URLPattern | URLResolver] = [
    path("", rating.home, name="rate"),
    path("done/", rating.done, name="rate_done"),
    path("device/", rating.device, name="rate_device"),
    path("address/", rating.address, name="rate_address"),
    path("answers/<slug:code>/", rating_saving.save, name="rate_save"),
    re_path(r"^(?P<area_code>[A-Z]{1,8})/$", rating.area, name="rate_area"),
    path("lost/<str:address_secret>/", rater_links.lost, name="rate_lost"),
    path("<str:secret>/", rater_links.link, name="rate_link"),
    path("<str:secret>/new-link/", rater_links.new_link, name="rate_new_link"),
]

# /shared/: for readers of a report, who need no account
shared_urls: list[URLPattern | URLResolver] = [
    path("<uuid:link_id>/<str:link_secret>/", shared.page, name="shared_report"),
    path("<uuid:link_id>/<str:link_secret>/report.pdf", shared.as_pdf, name="shared_pdf"),
    path("<path:anything>/", shared.elsewhere, name="shared_elsewhere"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("set-up/", organisations.set_up, name="set_up"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<int:organisation_id>/", organisations.rename, name="organisation"),
    path("organisations/<int:organisation_id>/second-factor/", second_factor.requirement, name="second_factor"),
    path("organisations/<int:organisation_id>/sites/new/", organisations.site_new, name="site_new"),
    path("organisations/<int:organisation_id>/sign-off/", signing.rules, name="sign_off_rules"),
    path("organisations/<int:organisation_id>/people/", include(people_urls)),
    path("invitation/<uuid:invitation_id>/<str:invitation_secret>/", member_invitations.invitation, name="invitation"),
    path("organisations/<int:organisation_id>/deletion/", deletion.deletion, name="deletion"),
    path("organisations/<int:organisation_id>/deletion/stop/", deletion.stop, name="deletion_stop"),
    path("organisations/<int:organisation_id>/archive/", archive.archive, name="archive"),
    path("organisations/<int:organisation_id>/archive.zip", archive.archive_zip, name="archive_zip"),
    path("organisations/<int:organisation_id>/server-access/", server_access.server_access, name="server_access"),
    path(
        "organisations/<int:organisation_id>/server-access/<int:membership_id>/end/",
        server_access.end,
        name="server_access_end",
    ),
    path("deleted/", deletion.receipts, name="deletion_receipts"),
    path("deleted/<uuid:receipt_id>/<str:receipt_secret>/", deletion.receipt, name="deletion_receipt"),
    path("organisations/<int:organisation_id>/trail/", trail.page, name="trail"),
    path("organisations/<int:organisation_id>/audit-trail.csv", trail.as_csv, name="trail_csv"),
    path("organisations/<int:organisation_id>/audit-trail.pdf", trail.as_pdf, name="trail_pdf"),
    path("sites/<int:site_id>/", organisations.site, name="site"),
    re_path(r"^questionnaires/(?P<version>[a-z0-9][a-z0-9.-]*)\.pdf$", questionnaires.of_version, name="blank_pdf"),
    path("assessments/", assessments.listing, name="list"),
    path("assessments/new/", assessments.new, name="new"),
    path("assessments/<uuid:assessment_id>/", include(assessment_urls)),
    path("rate/<uuid:rater_id>/", include(rating_urls)),
    path("shared/", include(shared_urls)),
]
