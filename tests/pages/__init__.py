"""Article pages written by us in the shape of real templates, with what must come out of each."""

from tests.pages import mainland, old_and_abroad, print_and_state, straits_and_tables
from tests.pages.stories import Case

CASES: tuple[Case, ...] = (*mainland.CASES, *old_and_abroad.CASES, *print_and_state.CASES, *straits_and_tables.CASES)
