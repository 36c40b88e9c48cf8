"""Pure: who sees what of a rating, sentence by sentence; invitation, mails and the rater's pages all say these."""

from dataclasses import dataclass

NAMED = """
Until the lead opens the comparison, nobody but you sees what you rate. Meanwhile the lead sees whether you have \
begun, how many of your sub-elements are rated, left at “don’t know yet” or not applicable, how many you saved after \
the deadline, and whether you are done.
After that the lead sees your name and function beside everything you gave: scores, “don’t know yet”, “not \
applicable”, how sure you are, what you wrote, and the evidence you named.
The report can show how many raters there were and what they gave, without your name.
"""
ANONYMOUS = """
This round is anonymous, and that cannot be changed. Until the lead opens the comparison, nobody but you sees what you \
rate. Of you by name the lead sees only whether you have begun and whether you are done.
After that the lead sees functions and scores, never names. A function with fewer than three raters is shown only as \
part of “all”, and of a sub-element with fewer than three scores no score is shown. Where all raters give the same \
score, anyone can tell what each gave. Whoever invites the raters could take part under several names, and then tell \
from the scores shown what the few others gave.
What you wrote and the evidence you named are shown with neither name nor function. Write so that your words do not \
give you away.
The report can show how many raters there were and what they gave, by the same rules.
"""
ALWAYS = """
Other raters get no access to your rating; what the lead shows them of the comparison is up to the lead.
Whoever runs this server could look into its database, where your name stands beside what you gave.
"""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Who "the lead" is, and what is seen of a rating, when and by whom."""

    lead: str
    sentences: tuple[str, ...]


def disclosure_of(*, is_anonymous: bool, lead: str, organisation: str) -> Disclosure:
    """`lead` is the name of who opened the round; empty when their account is gone."""
    who = f"{lead} and whoever else" if lead else "whoever"
    meaning = f"“The lead” means {who} manages assessments of {organisation} here."
    rules = _lines(ANONYMOUS if is_anonymous else NAMED)
    return Disclosure(lead or "the lead", (*rules, meaning, *_lines(ALWAYS)))


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()
