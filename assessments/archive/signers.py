"""Whose the signatures under what is not signed off yet are, by the numbers that people have in this product."""

from itertools import count

from assessments.archive.people import Numbers
from assessments.models import Signature


def renumber_signers(people: Numbers) -> None:
    """Whoever signed there still is who signed, and nobody else: each signature may have to be a different person's.

    What has been signed off stays byte for byte as it was.
    """
    signatures = Signature.objects.filter(review__assessment__signed_record=None)
    given = list(signatures.values_list("pk", "signer_number"))
    present = {number for _, number in given}
    # Below zero nobody has a number or ever gets one: there stand those whose accounts are gone.
    gone = (number for number in count(-1, -1) if number not in present)
    here = {there: people.get(there) or next(gone) for there in sorted(present) if there > 0}
    for key, there in given:
        if here.get(there, there) != there:
            Signature.objects.filter(pk=key).update(signer_number=here[there])
