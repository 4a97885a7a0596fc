"""Every word that the program itself asks `strings.yml` for, and what fills it in; templates ask for more.

Without this table, that a word is missing would be known only when a page is printed that needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import get_args

from ocopgen.catalogue import Catalogue
from ocopgen.model import CHANNELS, PRODUCER_KINDS, Recognition, Status
from ocopgen.text import Lang, slug
from ocopgen.values import PERIOD_UNITS

_PLAIN = """
about_producer ask_producer az brochure_cards brochure_fallback brochure_leaflet brochure_no_alcohol brochure_producer
brochure_product brochure_sector brochure_star brochure_stickers brochure_whole buy_online by_sector certificates
chart_districts chart_districts_note chart_kind chart_kinds chart_stars chart_years contact contact_address
contact_email contact_phones contact_website data data_of_entry data_producers data_products data_whole date_format
describe_az describe_data describe_news describe_outlets describe_places describe_producers describe_programme
describe_search empty_listing empty_news empty_outlets empty_producers empty_star enter facet_communes facet_places
facet_sectors facet_sets facet_stars facet_years feed_news feed_recognitions figure_districts figure_producers
figure_products figure_stars_3 figure_stars_4 figure_stars_5 filter_no_star form_elsewhere form_no_repository
form_no_sign_in form_not_fetched form_opens form_title hero_alt home illustration language_name later_cooperative
later_enterprise later_household later_producers later_products later_stars_3 later_stars_4 lead_places lead_set
lead_star lead_star_3 lead_star_4 lead_star_5 lead_year leaflet_about leaflet_buy leaflet_drawings leaflet_no_alcohol
leaflet_others leaflet_rest leaflet_stars locale lost_title lost_words made_in month_format moved news no_price
no_products_yet not_stated outlets pack path_az path_cards path_data path_kinds path_leaflet path_news path_outlets
path_part path_places path_producers path_products path_programme path_search path_sectors path_sets path_stars
path_stickers path_years phone_form photo place places producer producers products products_named_here
products_sold_here programme scan_catalogue scan_producer scan_this seal_is_ours search search_lead section_held
section_recorded section_recorded_note standing_as_of stars this_catalogue unseen_again unseen_kept unseen_title
unseen_words where_to_buy
"""

_FILLED = {
    "address": "code_of",
    "date": "brochure_validity certificate_ended certificate_from certificate_to decision_date kept_copy "
    "lead_district outdated_note places_checked priced_on section_held_note standing_ended standing_ending "
    "standing_extended standing_valid standing_withdrawn star_as_of",
    "name": "all_of cards_of commune_now describe_listing describe_products describe_star filter_drop illustration_of "
    "leaflet_of now_part_of_name programme_issued_by programme_led_by stickers_of",
    "n": "districts_n held_n more_packs outlets_n producers_n products_n recorded_n star_title stars_n",
    "year": "programme_year targets_title year_title",
    "years": "figures_source",
    "n years": "here_n",
    "name names": "describe_names",
    "name place": "describe_outlet",
    "name what products": "describe_producer",
    "part total": "part_of",
    "issuer": "certificate_issuer",
    "number": "certificate_number decision_number",
    "by": "decision_by",
    "reason": "ends_because",
    "score": "score",
}


def _choices(field: str) -> tuple[str, ...]:
    return get_args(get_args(Recognition.model_fields[field].annotation)[0])


ASKED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN.split(), frozenset()),
    **{key: frozenset(names.split()) for names, keys in _FILLED.items() for key in keys.split()},
    **{f"channel_{one}": frozenset() for one in get_args(CHANNELS)},
    **{f"{word}_{one}": frozenset() for word in ("kind", "kinds") for one in get_args(PRODUCER_KINDS)},
    **{f"period_{one}": frozenset({"n"}) for one in PERIOD_UNITS},
    **{f"recognition_{one}": frozenset() for one in _choices("kind")},
    **{f"criteria_{slug(one).replace('-', '_')}": frozenset() for one in _choices("criteria")},
    **{f"state_{one.value}": frozenset() for one in Status if one is not Status.UNKNOWN},
    **{f"standing_unknown_{one}": frozenset() for one in ("none", *_choices("evidence"))},
}
"""The keys that every site needs, and the names in braces that are filled in."""


def asked(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """The keys that a site needs, and with them those that its programme asks for."""
    programme = catalogue.programme
    units = {f"target_unit_{one.unit}": frozenset({"n", "amount"}) for one in programme.targets.items}
    kinds = {f"kind_{one.kind}": frozenset[str]() for one in programme.results.producers.by_kind}
    return {**ASKED, **units, **kinds}


def missing(catalogue: Catalogue, templates: Iterable[str]) -> list[str]:
    """The keys that `strings.yml` lacks though the program asks for them, or one of these templates."""
    wanted = {key for source in templates for key in re.findall(r"\bsay\.(\w+)", source)}
    return sorted((wanted | asked(catalogue).keys()) - catalogue.strings.root.keys())


def unfillable(catalogue: Catalogue) -> Iterator[tuple[str, Lang, str]]:
    """Words with a name in braces that nothing fills in: their key, language and the words themselves."""
    for key, names in asked(catalogue).items():
        if not names or key not in catalogue.strings:
            continue
        for lang, words in catalogue.strings[key].words:
            if not _in_braces(words) <= names:
                yield key, lang, words


def _in_braces(words: str) -> set[str]:
    """The names in braces; none where the braces themselves are wrong, which a rule tells."""
    try:
        return {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    except ValueError:
        return set()
