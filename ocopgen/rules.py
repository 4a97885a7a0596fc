"""Everything a catalogue must obey beyond the shape of its files: the table of rules, one function each."""

from __future__ import annotations

from collections.abc import Iterable

from ocopgen import rules_law, rules_matter, rules_references
from ocopgen.book import Book, Rule
from ocopgen.problems import Problem

OF_ENTRIES: tuple[Rule, ...] = (
    rules_references.known_set,
    rules_references.known_places,
    rules_law.score_agrees,
    rules_law.recognition_ends,
    rules_law.extensions_are_short,
    rules_law.rounds_before_decisions,
    rules_law.recognitions_in_order,
    rules_law.recognitions_follow,
    rules_law.evidence_agrees,
    rules_law.decisions_counted_once,
    rules_law.recognition_can_count,
    rules_law.recognition_in_effect,
    rules_law.potential_is_not_five,
    rules_law.no_future,
    rules_law.dates_in_order,
    rules_law.prices_are_fresh,
    rules_law.alcohol_stated,
    rules_law.services_are_no_goods,
    rules_law.no_cures,
    rules_law.consent_recorded,
    rules_matter.sound_bodies,
    rules_matter.listed_photos,
    rules_matter.good_photos,
)
"""What one entry must obey, whatever the others say: these are asked only of entries that changed."""

OF_DATA: tuple[Rule, ...] = (
    rules_law.notices_written,
    rules_references.data_files_agree,
    rules_references.ids_given_once,
    rules_references.sound_strings,
)
"""What the data files must obey."""

OF_ALL: tuple[Rule, ...] = (
    rules_references.known_producer,
    rules_references.known_outlets,
    rules_references.known_related,
    rules_references.free_former_ids,
    rules_references.unique_gtin,
    rules_references.phones_of_one_producer,
    rules_matter.own_stories,
    rules_matter.live_links,
)
"""What entries must obey together. They are asked in every build, so they read no file where nothing is wrong."""

RULES = OF_ENTRIES + OF_DATA + OF_ALL


def problems(book: Book, rules: Iterable[Rule] = RULES) -> tuple[Problem, ...]:
    """Every problem that the rules find."""
    return tuple(problem for rule in rules for problem in rule(book))
