"""All mutants, by the room of the product whose control they take away."""

from tests.mutants.of_access import OF_ACCESS
from tests.mutants.of_links import OF_LINKS
from tests.mutants.of_output import OF_OUTPUT
from tests.mutants.of_sign_off import OF_SIGN_OFF
from tests.mutants.of_signing_in import OF_SIGNING_IN
from tests.mutants.of_trail import OF_TRAIL
from tests.mutants.of_web import OF_WEB
from tests.mutants.of_writing import OF_WRITING

MUTANTS = (*OF_ACCESS, *OF_WRITING, *OF_LINKS, *OF_OUTPUT, *OF_WEB, *OF_SIGNING_IN, *OF_TRAIL, *OF_SIGN_OFF)
