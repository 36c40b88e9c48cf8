"""Every address of the site, grouped under its prefix."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("benchmarks.urls")),
    path("", include("assessments.urls")),
    path("accounts/", include("assessments.accounts")),
    path("accounts/", include("assessments.signing_in.addresses")),
    path("admin/", admin.site.urls),
]

handler400 = "assessments.refused_requests.bad_request"
handler500 = "assessments.unavailable.server_error"
