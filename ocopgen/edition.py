"""A catalogue in one language on one day: its words, forms of numbers and dates, and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_month_names
from babel.numbers import format_currency, format_decimal

from ocopgen.catalogue import Catalogue
from ocopgen.model import Recognition, Status, Value
from ocopgen.text import Lang, Phrase, Text, slug
from ocopgen.values import Moment, Period, Quantity, spaced_phone


class MissingWords(LookupError):
    """`strings.yml` lacks a key."""


class WrongWords(ValueError):
    """Words of `strings.yml` that cannot be filled in; their key and they themselves are the arguments."""


@dataclass(frozen=True)
class Edition:
    """The published catalogue as readers of one language see it on `today`."""

    lang: Lang
    catalogue: Catalogue
    today: date
    base_url: str | None = None

    def over(self, catalogue: Catalogue) -> Edition:
        """The same edition of a part of the catalogue; what only its words decide is not worked out again."""
        other = replace(self, catalogue=catalogue)
        other.__dict__.update({name: self.__dict__[name] for name in _OF_WORDS & self.__dict__.keys()})
        return other

    # --- words --------------------------------------------------------------------------------------------

    def say(self, key: str, n: int | None = None, **words: object) -> str:
        """Words of the interface; with `n`, in the plural form that this number asks for."""
        said = self.words.get(key)
        if said is None:
            raise MissingWords(key)
        if n is not None:
            said = _plural(said, self.locale, n)
            words["n"] = self.number(n)
        try:
            return said.format(**words) if words else said
        except (LookupError, ValueError):
            raise WrongWords(key, said) from None

    @cached_property
    def words(self) -> dict[str, str]:
        """All words of the interface, for templates."""
        return {key: text.on_page(self.lang).words for key, text in self.catalogue.strings.root.items()}

    @cached_property
    def locale(self) -> Locale:
        said = self.say("locale")
        try:
            return Locale.parse(said)
        except (UnknownLocaleError, ValueError):
            raise WrongWords("locale", said) from None

    def phrase(self, text: Text) -> Phrase:
        return text.on_page(self.lang)

    def label(self, model: type[Value], name: str) -> Phrase:
        """A field's name: from `strings.yml` where it is given there, else from the model."""
        key = f"field_{name}"
        if key in self.catalogue.strings:
            return self.catalogue.strings[key].on_page(self.lang)
        extra: Any = model.model_fields[name].json_schema_extra
        return Text.of({Lang("vi"): extra["vi"], Lang("en"): extra["en"]}).on_page(self.lang)

    # --- numbers and dates --------------------------------------------------------------------------------

    def number(self, number: int | float | Decimal) -> str:
        return _number(number, type(number).__name__, self.locale)

    def money(self, dong: int) -> str:
        return _money(dong, self.locale)

    def day(self, day: date) -> str:
        return self._dated(day, "date_format")

    def _dated(self, day: date, key: str) -> str:
        pattern, locale = self.say(key), self.locale
        try:
            return _date(day, pattern, locale)
        except (KeyError, ValueError):
            raise WrongWords(key, pattern) from None

    def moment(self, moment: Moment) -> str:
        if moment.month is None:
            return str(moment.year)
        pattern = "date_format" if moment.day else "month_format"
        return self._dated(moment.earliest, pattern)

    def months(self, months: tuple[int, ...]) -> str:
        names = get_month_names("wide", context="format", locale=self.locale)
        listed = ", ".join(str(names[month]) for month in sorted(months))
        return listed[:1].upper() + listed[1:]

    def language(self, lang: Lang) -> str:
        """The name of a language in this one: `Tiếng Anh`."""
        name = Locale.parse(lang, sep="-").get_language_name(str(self.locale)) or lang
        return str(name)

    def phone(self, digits: str) -> str:
        """A number as people of this language read it; hotlines have one form only."""
        spaced = spaced_phone(digits)
        if digits.startswith("1") or self.say("phone_form") != "international":
            return spaced
        return f"+84 {spaced[1:]}"

    def file_note(self, kind: str, size: int | None) -> str:
        """What is told of a file beside its name: `PDF, 1,2 MB`; its size (bytes) only where it is known."""
        if size is None:
            return kind
        if size < 1_000_000:
            return f"{kind}, {self.number(max(1, round(size / 1000)))}\u00a0kB"
        return f"{kind}, {self.number(round(size / 1_000_000, 1))}\u00a0MB"

    # --- facts --------------------------------------------------------------------------------------------

    def shown(self, value: object) -> tuple[Phrase, ...]:
        """The value of a fact in words; a list gives one phrase an item."""
        if isinstance(value, tuple):
            return tuple(phrase for item in value for phrase in self.shown(item))
        if isinstance(value, Text):
            return (self.phrase(value),)
        return (Phrase(self._shown(value)),)

    def _shown(self, value: object) -> str:
        if isinstance(value, Period):
            return self.say(f"period_{value.unit}", n=value.number)
        if isinstance(value, Quantity):
            return self.quantity(value)
        if isinstance(value, Moment):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        return str(value)

    def quantity(self, quantity: Quantity) -> str:
        number = self.number(quantity.number)
        key = f"unit_{quantity.unit}"
        unit = self.say(key) if key in self.catalogue.strings else quantity.unit
        return f"{number}\u00a0{unit}"

    def alcohol(self, value: object) -> tuple[Phrase, ...]:
        if not isinstance(value, float):
            return (Phrase(self.say("not_stated")),)
        return (Phrase(f"{self.number(value)}\u00a0% vol"),)

    def season(self, value: object) -> tuple[Phrase, ...]:
        return (Phrase(self.months(value)),) if isinstance(value, tuple) and value else ()

    @property
    def special(self) -> dict[str, Callable[[object], tuple[Phrase, ...]]]:
        """Facts whose form does not follow from their type alone."""
        return {"alcohol": self.alcohol, "season": self.season}

    # --- stars --------------------------------------------------------------------------------------------

    def stars(self, stars: int) -> str:
        """`4 sao`, its parts kept on one line."""
        return self.say("stars_n", n=stars).replace(" ", "\u00a0")

    def standing(self, one: Recognition) -> str:
        """What a recognition is worth today, in words."""
        status = one.status(self.today)
        if status is Status.WITHDRAWN and one.withdrawn:
            return self.say("standing_withdrawn", date=self.day(one.withdrawn.date))
        last = one.last_day(self.today)
        if last is None:
            return self.say(f"standing_unknown_{one.evidence or 'none'}")
        if status is Status.EXTENDED and one.extended:
            return self.say("standing_extended", date=self.day(one.extended.until))
        if status is Status.ENDED:
            return self.say("standing_ended", date=self.day(last + timedelta(days=1)))
        return self.say(f"standing_{status.value}", date=self.day(last))

    def state(self, one: Recognition) -> str:
        """The same in brief, without its day: `hết hiệu lực`."""
        status = one.status(self.today)
        if status is Status.UNKNOWN or (one.end is None and status is not Status.WITHDRAWN):
            return self.standing(one)
        return self.say(f"state_{status.value}")

    # --- addresses ----------------------------------------------------------------------------------------

    def href(self, name: str, key: str = "", part: int = 1) -> str:
        """The address of a page from the site's root: `vi/san-pham/toi-den-truong-an/`."""
        return self._base(name).replace("{key}", key) + (f"{self._part}-{part}/" if part > 1 else "")

    def url(self, href: str) -> str | None:
        """The whole address of a page or file of the site; None where nobody knows where the site will be."""
        return f"{self.base_url.rstrip('/')}/{href}" if self.base_url else None

    def short_address(self, kind: str, entry_id: str) -> str | None:
        """The address that is printed for an entry, short and for ever: `https://ocop.example/p/toi-den-truong-an`.

        None where nobody knows where the site will be, or where no code could hold it. Servers lead it to the page,
        whose address ends in a slash.
        """
        return self.coded(short_href(kind, entry_id).rstrip("/"))

    def coded(self, href: str) -> str | None:
        """The whole address of a page, where there is one that a QR code can hold."""
        url = self.url(href)
        return url if url and len(url.encode()) <= CODE_HOLDS else None

    @cached_property
    def _part(self) -> str:
        return self.say("path_part")

    def _base(self, name: str) -> str:
        if name not in self._patterns:
            said = re.sub(r"\{(path_\w+)\}", lambda match: self.say(match[1]), ADDRESSES[name])
            self._patterns[name] = f"{self.lang}/{said}"
        return self._patterns[name]

    @cached_property
    def _patterns(self) -> dict[str, str]:
        return {}

    def key(self, text: Text, fallback: str) -> str:
        """The part of an address made from a name in this language; the id where no Latin letter is in it."""
        return slug(self.phrase(text).words) or fallback


_OF_WORDS = {"words", "locale", "_part", "_patterns"}

ADDRESSES = {
    "home": "",
    "products": "{path_products}/",
    "product": "{path_products}/{key}/",
    "producers": "{path_producers}/",
    "producer": "{path_producers}/{key}/",
    "producers_kind": "{path_producers}/{path_kinds}/{key}/",
    "star": "{path_stars}/{key}/",
    "sector": "{path_sectors}/{key}/",
    "set": "{path_sets}/{key}/",
    "places": "{path_places}/",
    "district": "{path_places}/{key}/",
    "year": "{path_years}/{key}/",
    "az": "{path_az}/",
    "az_letter": "{path_az}/{key}/",
    "search": "{path_search}/",
    "programme": "{path_programme}/",
    "news": "{path_news}/",
    "article": "{path_news}/{key}/",
    "outlets": "{path_outlets}/",
    "outlet": "{path_outlets}/{key}/",
    "data": "{path_data}/",
    "page": "{key}/",
}
"""Where each kind of page lies below its language; words in braces come from `strings.yml`."""

CODE_HOLDS = 2_331
"""Bytes that a QR code with error correction of level M can hold (ISO/IEC 18004)."""

SHORT = {"products": "p", "producers": "c"}
"""The folders of short addresses, by the kind of entry. They are printed on labels: never change one."""


def short_href(kind: str, entry_id: str) -> str:
    """The page at an entry's short address, in every language, from the site's root: `p/toi-den-truong-an/`."""
    return f"{SHORT[kind]}/{entry_id}/"


@lru_cache(maxsize=4096)
def _money(dong: int, locale: Locale) -> str:
    return str(format_currency(dong, "VND", locale=locale))


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str, locale: Locale) -> str:
    return str(format_date(day, pattern, locale=locale))


@lru_cache(maxsize=4096)
def _number(number: int | float | Decimal, kind: str, locale: Locale) -> str:
    return str(format_decimal(number, locale=locale))


@lru_cache(maxsize=1024)
def _form(said: str, locale: str, n: int) -> str:
    forms = said.split(" | ")
    rule = Locale.parse(locale).plural_form
    tags = [str(tag) for tag in ("zero", "one", "two", "few", "many", "other") if tag in {*rule.tags, "other"}]
    return forms[min(tags.index(rule(n)), len(forms) - 1)]


def _plural(said: str, locale: Locale, n: int) -> str:
    return _form(said, str(locale), n) if " | " in said else said
