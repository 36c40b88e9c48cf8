"""What goes with an organisation when it is deleted, counted, in words."""

from assessments.models import Assessment, AssessmentStatus, Organisation, Rater, ReportLink


def what_goes(organisation: Organisation) -> list[str]:
    """Sites, assessments, raters and links, each with its number; what there is none of is not named."""
    assessments = Assessment.objects.filter(site__organisation=organisation).order_by()
    signed = assessments.filter(status=AssessmentStatus.SIGNED)
    raters = Rater.objects.filter(round__assessment__site__organisation=organisation)
    links = ReportLink.objects.filter(assessment__site__organisation=organisation)
    counted = (
        (organisation.sites.count(), "site", "sites", ""),
        (assessments.count(), "assessment", "assessments", ", with all answers and what they said before"),
        (signed.count(), "signed assessment", "signed assessments", " among them, with the signatures"),
        (raters.count(), "rater", "raters", ", with what they rated"),
        (links.count(), "link", "links", " to reports, which will open nothing any more"),
    )
    return [f"{number} {one if number == 1 else several}{more}." for number, one, several, more in counted if number]
