"""The sub-elements that a cohort has published scores of, with what their names rest on; no scores."""

from dataclasses import dataclass

from benchmarks.models import AreaBasis, NameBasis, SubElement, SubElementScore


@dataclass(frozen=True, slots=True)
class PublishedSubElement:
    """One sub-element as plain data; the two bases are codes, and words for people beside them."""

    code: str
    name: str
    also_known_as: str
    area_code: str
    area_name: str
    name_basis: str
    name_basis_words: str
    area_basis: str
    area_basis_words: str


def read_published(slug: str) -> tuple[PublishedSubElement, ...]:
    """The sub-elements with at least one published score, in the framework's order: one query."""
    scored = SubElementScore.objects.filter(establishment__cohort__slug=slug).order_by().values("sub_element")
    return tuple(
        PublishedSubElement(
            code=each.code,
            name=each.name,
            also_known_as=each.also_known_as,
            area_code=each.practice_area.code,
            area_name=each.practice_area.name,
            name_basis=each.name_basis,
            name_basis_words=str(NameBasis(each.name_basis).label),
            area_basis=each.area_basis,
            area_basis_words=str(AreaBasis(each.area_basis).label),
        )
        for each in SubElement.objects.filter(pk__in=scored).select_related("practice_area")
    )
