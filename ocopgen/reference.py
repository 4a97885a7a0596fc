"""What the office writes besides the settings: the programme's figures, places, classification, words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import RootModel

from ocopgen.model import Place, Source, Value, field
from ocopgen.settings import Site
from ocopgen.text import Text
from ocopgen.values import Day, Slug, When
from ocopgen.wording import Line, Wordings

# --- places -----------------------------------------------------------------------------------------------


class Province(Value):
    """A province, of then or of today."""

    id: Slug = field("Mã", "Id")
    name: Wordings = field("Tên", "Name")
    short: Line = field("Tên ngắn", "Short name")
    since: Day | None = field("Từ ngày", "From", None, alias="from")
    until: Day | None = field("Đến ngày", "Until", None)
    into: Slug | None = field("Nhập vào", "Merged into", None)


class District(Province):
    """A district of then; there has been none since 1 July 2025."""

    kind: Literal["district", "city", "town"] = field("Loại", "Kind", choices="district")
    province: Slug = field("Tỉnh", "Province")


class Commune(Province):
    """A commune of then (in a district) or a unit of today (in a province): names repeat, so both are the key."""

    district: Slug | None = field("Huyện", "District", None)
    province: Slug | None = field("Tỉnh", "Province", None)
    basis: Literal["law", "stated", "crosswalk"] | None = field("Căn cứ", "Basis", None, choices="basis")

    @property
    def key(self) -> tuple[str, str]:
        """The district of then or the province of today, and the commune's own id."""
        return self.district or self.province or "", self.id


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where something is: by the names on its papers, and by what these are part of today where that is another."""

    commune: Commune | None
    district: District | None
    province: Province | None
    commune_now: Commune | None
    province_now: Province | None

    @property
    def then(self) -> tuple[Province, ...]:
        """What it is by its papers, from the smallest to the largest."""
        return tuple(one for one in (self.commune, self.district, self.province) if one)

    @property
    def now(self) -> tuple[Province, ...]:
        """What that is part of today, from the smallest to the largest."""
        return tuple(one for one in (self.commune_now, self.province_now) if one)

    @property
    def unsure(self) -> bool:
        """Whether the commune of today follows from no law."""
        return bool(self.commune_now and self.commune and self.commune.basis != "law")


class Places(Value):
    """`places.yml`."""

    provinces: tuple[Province, ...] = field("Tỉnh", "Provinces")
    districts: tuple[District, ...] = field("Huyện", "Districts")
    communes: tuple[Commune, ...] = field("Xã", "Communes")
    checked: Day = field("Ngày đối chiếu", "Checked")
    note: Wordings | None = field("Ghi chú", "Note", None)
    sources: tuple[Source, ...] = field("Nguồn", "Sources", ())

    @cached_property
    def province_by_id(self) -> dict[str, Province]:
        return {one.id: one for one in self.provinces}

    @cached_property
    def district_by_id(self) -> dict[str, District]:
        return {one.id: one for one in self.districts}

    @cached_property
    def commune_by_key(self) -> dict[tuple[str | None, str], Commune]:
        return {(one.district or one.province, one.id): one for one in self.communes}

    def commune(self, place: Place) -> Commune | None:
        """The commune a place names: of its district, else of its province."""
        if place.commune is None:
            return None
        return self.commune_by_key.get((place.district or place.province, place.commune))

    def today(self, commune: Commune) -> Commune | None:
        """The unit that a commune of then is part of now, where the table knows."""
        district = self.district_by_id.get(commune.district or "")
        if commune.into is None or district is None:
            return None
        province = self.province_by_id.get(district.province)
        return self.commune_by_key.get((province.into or province.id, commune.into)) if province else None

    def whereabouts(self, place: Place) -> Whereabouts:
        """What a place names, with the province that follows from its district, and what it is part of today."""
        commune, district = self.commune(place), self.district_by_id.get(place.district or "")
        province = self.province_by_id.get(place.province or (district.province if district else ""))
        today = self.today(commune) if commune else None
        after = self.province_by_id.get(province.into) if province and province.into else None
        return Whereabouts(commune, district, province, today, after)


# --- classification ---------------------------------------------------------------------------------------


class Sector(Value):
    """One of the six sectors (ngành)."""

    id: Slug = field("Mã", "Id")
    roman: Line = field("Số La Mã", "Roman numeral")
    name: Wordings = field("Tên", "Name")
    short: Wordings = field("Tên ngắn", "Short name")


class Group(Value):
    """A group (nhóm) of a sector."""

    id: Slug = field("Mã", "Id")
    sector: Slug = field("Ngành", "Sector")
    name: Wordings = field("Tên", "Name")


class ProductSet(Value):
    """One of the 26 product sets (bộ sản phẩm), and what the law asks of it."""

    n: int = field("Số", "Number")
    id: Slug = field("Mã", "Id")
    group: Slug = field("Nhóm", "Group")
    name: Wordings = field("Tên", "Name")
    short: Wordings = field("Tên ngắn", "Short name")
    alcohol: bool = field("Có cồn", "Alcoholic", False)
    health: bool = field("Sức khỏe", "Health claims", False)
    service: bool = field("Dịch vụ", "Service", False)
    notice: Wordings | None = field("Lời cảnh báo", "Notice", None)


class OlderSector(Value):
    """A sector of the list of 2019."""

    name: Wordings = field("Tên", "Name")
    now: Slug = field("Nay là", "Now")


class Classification(Value):
    """`classification.yml`."""

    version: Line = field("Phiên bản", "Version")
    in_force_from: Day = field("Hiệu lực từ", "In force from")
    source: Source | None = field("Nguồn", "Source", None)
    sectors: tuple[Sector, ...] = field("Ngành", "Sectors")
    groups: tuple[Group, ...] = field("Nhóm", "Groups")
    sets: tuple[ProductSet, ...] = field("Bộ sản phẩm", "Product sets")
    older_sectors: tuple[OlderSector, ...] = field("Ngành cũ", "Older sectors", ())

    @cached_property
    def set_by_number(self) -> dict[int, ProductSet]:
        return {one.n: one for one in self.sets}

    @cached_property
    def group_by_id(self) -> dict[str, Group]:
        return {one.id: one for one in self.groups}

    @cached_property
    def sector_by_id(self) -> dict[str, Sector]:
        return {one.id: one for one in self.sectors}


# --- the programme ----------------------------------------------------------------------------------------


class Origin(Source):
    """Where figures come from."""

    outlet: Line | None = field("Nơi đăng", "Outlet", None)


class Support(Value):
    """Public money given to the programme in some years."""

    since: int = field("Từ năm", "From", alias="from")
    until: int = field("Đến năm", "To", alias="to")
    amount: int | None = field("Số tiền (đồng)", "Amount (dong)", None)
    per: Wordings | None = field("Cho", "Per", None)
    purpose: Wordings = field("Mục đích", "Purpose")
    funds: tuple[Wordings, ...] = field("Nguồn vốn", "Funds", ())
    source: Slug = field("Nguồn", "Source")


class StarCount(Value):
    """How many products hold a star level."""

    stars: int = field("Sao", "Stars")
    count: int = field("Số sản phẩm", "Products")


class YearCount(Value):
    """Recognitions of one round."""

    year: int = field("Năm", "Year")
    stars_4: int = field("4 sao", "4 stars")
    stars_3: int = field("3 sao", "3 stars")
    total: int = field("Tổng", "Total")
    note: Wordings | None = field("Ghi chú", "Note", None)


class KindCount(Value):
    """How many producers are of a kind."""

    kind: Slug = field("Loại hình", "Kind")
    count: int = field("Số chủ thể", "Producers")


class ProducerCount(Value):
    """The producers, all and by kind."""

    total: int = field("Tổng", "Total")
    by_kind: tuple[KindCount, ...] = field("Theo loại hình", "By kind")


class Results(Value):
    """What the programme reached in a span of years."""

    since: int = field("Từ năm", "From", alias="from")
    until: int = field("Đến năm", "To", alias="to")
    total: int = field("Tổng", "Total")
    source: Slug = field("Nguồn", "Source")
    by_star: tuple[StarCount, ...] = field("Theo sao", "By star")
    by_year: tuple[YearCount, ...] = field("Theo năm", "By year")
    producers: ProducerCount = field("Chủ thể", "Producers")
    districts: int = field("Huyện, thành phố", "Districts and city")


class LaterFigures(Value):
    """Figures of a later day, from other sources."""

    on: Wordings | When = field("Ngày", "On")
    products: int | None = field("Sản phẩm", "Products", None)
    stars_4: int | None = field("4 sao", "4 stars", None)
    stars_3: int | None = field("3 sao", "3 stars", None)
    producers: int | None = field("Chủ thể", "Producers", None)
    enterprise: int | None = field("Doanh nghiệp", "Enterprises", None)
    cooperative: int | None = field("Hợp tác xã", "Cooperatives", None)
    household: int | None = field("Hộ kinh doanh", "Household businesses", None)
    source: Slug = field("Nguồn", "Source")


class Target(Value):
    """One target, and what is known of how far it was met."""

    id: Line = field("Mã", "Id")
    text: Wordings = field("Nội dung", "Text")
    op: Literal[">=", "=", "range"] = field("So sánh", "Comparison")
    value: int | tuple[int, int] = field("Mức", "Value")
    unit: Line = field("Đơn vị", "Unit")
    reached: float | None = field("Đạt", "Reached", None)
    reached_note: Wordings | None = field("Ghi chú", "Note", None)

    @property
    def met(self) -> bool | None:
        """Whether the target was met; `None` where no source tells."""
        if self.reached is None or isinstance(self.value, tuple):
            return None
        return self.reached >= self.value


class Targets(Value):
    """The targets of one year."""

    year: int = field("Năm", "Year")
    source: Slug = field("Nguồn", "Source")
    items: tuple[Target, ...] = field("Mục tiêu", "Targets")


class Programme(Value):
    """`programme.yml`: every figure names its source."""

    name: Wordings = field("Tên", "Name")
    abbreviation: Line = field("Viết tắt", "Abbreviation")
    plan: Wordings = field("Đề án", "Plan")
    issued_by: Wordings = field("Ban hành", "Issued by")
    lead_agency: Wordings = field("Cơ quan chủ trì", "Lead agency")
    sources: dict[str, Origin] = field("Nguồn", "Sources")
    support: tuple[Support, ...] = field("Hỗ trợ", "Support", ())
    results: Results = field("Kết quả", "Results")
    later: tuple[LaterFigures, ...] = field("Số liệu sau", "Later figures", ())
    targets: Targets = field("Mục tiêu", "Targets")


# --- words of the interface -------------------------------------------------------------------------------


class Strings(RootModel[dict[str, Wordings]]):
    """`strings.yml`: every word of the interface. `{n}` and other names in braces are filled in.

    Where a language has plural forms they are parted by ` | `, in the order of CLDR: `{n} product | {n} products`.
    """

    def __getitem__(self, key: str) -> Text:
        return self.root[key]

    def __contains__(self, key: object) -> bool:
        return key in self.root


DATA_FILES: dict[str, type[Value] | type[Strings]] = {
    "site.yml": Site,
    "programme.yml": Programme,
    "places.yml": Places,
    "classification.yml": Classification,
    "strings.yml": Strings,
}
