"""Names of places as people write them → places of `places.yml`: `TP Thái Bình`, `huyện Đông Hưng`, `X. Thụy Ninh`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ocopgen.model import Place
from ocopgen.reference import Places, Province
from ocopgen.text import slug

_KIND = re.compile(
    r"^(?:(?:xa|x|phuong|p|thi-tran|tt|huyen|h|thanh-pho|tp|thi-xa|tx|tinh|t)-)(?=[a-z])"
    r"|-(?:commune|ward|township|town|district|city|province)$"
)


@lru_cache(maxsize=4096)
def core(words: str) -> str:
    """A place's name without its kind, folded: `Xã Thụy Ninh`, `Thuỵ Ninh` and `Thụy Ninh Commune` are one."""
    whole = slug(words)
    return _KIND.sub("", whole) or whole


@dataclass(frozen=True)
class Gazetteer:
    """Finds places by their names."""

    places: Places

    @cached_property
    def _districts(self) -> dict[str, str]:
        return _by_name(self.places.districts)

    @cached_property
    def _provinces(self) -> dict[str, str]:
        return _by_name(self.places.provinces)

    @cached_property
    def _communes(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for one in self.places.communes:
            place = Place(commune=one.id, district=one.district, province=None if one.district else one.province)
            for name in _names(one):
                found.setdefault(name, []).append(place)
        return found

    def district(self, words: str) -> str | None:
        """The id of a district of then."""
        return self._districts.get(core(words))

    def province(self, words: str) -> str | None:
        """The id of a province."""
        return self._provinces.get(core(words))

    def commune(self, words: str, district: str | None, province: str | None) -> Place | None:
        """A commune: of the district or province where one is given, else the only one of the name, today's first.

        A unit of today is found in the district of then as well, where both are known to be one place.
        """
        found = self._communes.get(core(words), [])
        if district:
            return next((one for one in found if one.district == district), None)
        of_province = [one for one in found if province is None or self._province_of(one) == province]
        today = [one for one in of_province if one.district is None]
        ranked = today or of_province
        return ranked[0] if len(ranked) == 1 else None

    def _province_of(self, place: Place) -> str | None:
        district = self.places.district_by_id.get(place.district or "")
        return district.province if district else place.province

    def in_address(self, address: str) -> Place | None:
        """The place that an address names, by its parts from the last."""
        parts = [one for one in re.split(r"[,;–-]|\s-\s", address) if one.strip()]
        district = next(filter(None, (self.district(one) for one in reversed(parts) if _says(one, _DISTRICT))), None)
        province = next(filter(None, (self.province(one) for one in reversed(parts))), None)
        named = [one for one in parts if _says(one, _COMMUNE)]
        commune = next(filter(None, (self.commune(one, district, province) for one in named)), None)
        if commune or district:
            return commune or Place(district=district)
        return Place(province=province) if province else None


_DISTRICT = re.compile(r"\s*(?:huyện|h\.|thành phố|tp|thị xã|tx)|.*\b(?:district|city|town)\s*$", re.IGNORECASE)
_COMMUNE = re.compile(r"\s*(?:xã|x\.|phường|p\.|thị trấn|tt\.?)\s|.*\b(?:commune|ward|township)\s*$", re.IGNORECASE)


def _says(words: str, kind: re.Pattern[str]) -> bool:
    """Whether a part of an address says what it is: a village may have the name of a commune."""
    return kind.match(words) is not None


def _names(one: Province) -> set[str]:
    return {core(one.id), core(one.short), *(core(words) for _, words in one.name.words)}


def _by_name(several: Iterable[Province]) -> dict[str, str]:
    return {name: one.id for one in several for name in _names(one)}
