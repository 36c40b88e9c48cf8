"""Pure: which e-mail addresses are taken: those to which mail goes exactly as they were typed."""

import re

LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}", re.ASCII)
LONGEST_DOMAIN = 253
UNMAILABLE = "Mail cannot be sent to this address as it is written. Write it like rita@example.com."


def refuse_unmailable(address: str) -> None:
    """Raise ValueError for what a mail server would not take, or would take as another address."""
    local, _, domain = address.rpartition("@")
    if not LOCAL_PART.fullmatch(local) or not _is_kept(domain):
        raise ValueError(UNMAILABLE)


def _is_kept(domain: str) -> bool:
    """Letters of other scripts travel in an encoding; where it loses something, the mail goes elsewhere."""
    try:
        encoded = domain.encode("idna")
        return len(encoded) <= LONGEST_DOMAIN and encoded.decode("idna") in (domain, domain.lower())
    except UnicodeError:
        return False
