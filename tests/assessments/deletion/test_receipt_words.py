"""A receipt calls every table by a name that people know."""

from assessments.deletion_receipts import BETWEEN, tables_of
from assessments.models import DeletionReceipt
from assessments.trail.audited import AUDITED


def test_no_table_is_called_by_a_name_of_the_framework() -> None:
    labels = {audited.model._meta.label: 1 for audited in AUDITED} | {"a.Former": 2}
    said = dict(tables_of(DeletionReceipt(rows=labels)))
    assert said["a.Former"] == 2
    assert {"sites of memberships", "sites of invitations", "answers"} <= said.keys()
    assert not [name for name in said if "relationship" in name]
    assert set(BETWEEN) <= set(labels)
