"""What a contributor writes: products, producers, outlets, news and pages, field by field.

This is the one list of fields. Decoding, messages, the facts table, schemas and forms are made from it.
A field is one line: its type, its names in Vietnamese and English, and how it is made (`field`, `fact`).
A `fact` is shown in the facts table of its page with no further work.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ocopgen.notation import MONTH
from ocopgen.photo import FRAMES, MEGABYTES, MEGAPIXELS
from ocopgen.text import Lang, Text
from ocopgen.values import (
    Alcohol,
    Day,
    Dong,
    Email,
    Focus,
    Gtin,
    NetQuantity,
    Phone,
    PhotoName,
    ShelfLife,
    Slug,
    Stars,
    Url,
    When,
)
from ocopgen.wording import LangCode, Line, Summary, Words, refuse


class Value(BaseModel):
    """A frozen value whose unknown keys are mistakes and whose kinds are not guessed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True, defer_build=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **more: Any) -> None:
        """Let each field know where it was declared: `Entry.name` in all kinds of entries."""
        for name, info in cls.model_fields.items():
            if isinstance(info.json_schema_extra, dict):
                info.json_schema_extra.setdefault("declared", f"{cls.__name__}.{name}")


def field(vi: str, en: str, default: Any = ..., *, choices: str = "", **more: Any) -> Any:
    """A field with its names in Vietnamese and English; without a default it is needed.

    The words for its `choices` are those of strings.yml that begin so: `kind_cooperative`.
    """
    told = {"vi": vi, "en": en, **({"choices": choices} if choices else {})}
    return Field(default, json_schema_extra={**told}, **more)


def fact(vi: str, en: str, default: Any = None, **more: Any) -> Any:
    """A field that the facts table shows."""
    return Field(default, json_schema_extra={"vi": vi, "en": en, "fact": True}, **more)


# --- parts of entries -------------------------------------------------------------------------------------


class Source(Value):
    """Where something was found. `lang` is given where the title is not in the site's first language."""

    title: Line = field("Tên nguồn", "Title")
    lang: LangCode | None = field("Ngôn ngữ của tên", "Language of the title", None)
    url: Url | None = field("Địa chỉ", "Address", None)
    date: When | None = field("Ngày", "Date", None)


class Place(Value):
    """Where something is, by ids of places.yml: a commune of then has a district, one of today a province."""

    commune: Slug | None = field("Xã, phường", "Commune or ward", None)
    district: Slug | None = field("Huyện (cũ)", "Former district", None)
    province: Slug | None = field("Tỉnh", "Province", None)


class Decision(Value):
    """The paper that recognises a product."""

    number: Line | None = field("Số quyết định", "Decision number", None)
    date: Day | None = field("Ngày quyết định", "Date of the decision", None)
    by: Line | None = field("Cơ quan ban hành", "Issued by", None)


class Extension(Value):
    """A renewal is pending and the certificate runs on (Decision 26/2026/QĐ-TTg, article 12.3)."""

    until: Day = field("Kéo dài đến", "Extended until")
    source: Source = field("Nguồn", "Source")


class Withdrawal(Value):
    """The certificate was withdrawn (Decision 26/2026/QĐ-TTg, article 8)."""

    date: Day = field("Ngày thu hồi", "Date of withdrawal")
    source: Source = field("Nguồn", "Source")


class Status(Enum):
    """What a recognition is worth on a given day."""

    VALID = "valid"
    ENDING = "ending"
    EXTENDED = "extended"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"

    @property
    def in_effect(self) -> bool:
        """Whether the star may be shown as held."""
        return self in (Status.VALID, Status.ENDING, Status.EXTENDED)


WARNING_DAYS = 180
FILING_DAYS = 120
"""The file for renewal goes in while at least so many days remain (article 7.6)."""
EXTENSION_DAYS = 180
SCORE_LIMITS = ((90, 5), (70, 4), (50, 3))
NOT_EVIDENCE = ("proposed", "producer")
"""What is known in one of these ways proves no star (domain 7.3), whatever else is written beside it."""


class Recognition(Value):
    """One time a product was given stars. Its end is 36 months after the decision, unless said otherwise."""

    stars: Stars = field("Hạng sao", "Stars")
    year: int | None = field("Năm đánh giá", "Programme year", None, ge=2018, le=2100)
    score: float | None = field("Điểm số", "Score", None, ge=0, le=100)
    kind: Literal["first", "upgrade", "renewal"] | None = field(
        "Lần đánh giá", "Kind of evaluation", None, choices="recognition"
    )
    decision: Decision | None = field("Quyết định", "Decision", None)
    criteria: Literal["QD1048-2019", "QD148-2023", "QD26-2026"] | None = field(
        "Bộ tiêu chí", "Criteria", None, choices="criteria"
    )
    ends: Day | None = field("Hết hiệu lực ngày", "Ends on", None)
    ends_reason: Line | None = field("Lý do ngày hết hiệu lực khác", "Reason for another end", None)
    extended: Extension | None = field("Kéo dài", "Extension", None)
    withdrawn: Withdrawal | None = field("Thu hồi", "Withdrawal", None)
    evidence: Literal["decision", "press", "proposed", "producer"] | None = field(
        "Căn cứ", "Evidence", None, choices="evidence"
    )
    source: Source | None = field("Nguồn", "Source", None)

    @property
    def given(self) -> bool:
        """Whether the product was recognised at all: a council's proposal is no recognition yet."""
        return self.evidence != "proposed"

    @property
    def decided(self) -> date | None:
        """The day of the decision, where both its number and its date are known."""
        paper = self.decision
        return paper.date if paper and paper.number else None

    @property
    def end(self) -> date | None:
        """The first day without effect (article 4), if a decision is known."""
        if self.decided is None:
            return None
        return self.ends or months_after(self.decided, 36)

    def status(self, today: date) -> Status:
        """The status of domain section 1.5. A withdrawal beats all others; without a decision nothing is known."""
        if self.evidence in NOT_EVIDENCE:
            return Status.UNKNOWN
        if self.withdrawn and self.withdrawn.date <= today:
            return Status.WITHDRAWN
        if self.end is None or self.decided is None or self.decided > today:
            return Status.UNKNOWN
        if today >= self.end:
            return Status.EXTENDED if self._runs_on(self.end, today) else Status.ENDED
        return Status.ENDING if (self.end - today).days <= WARNING_DAYS else Status.VALID

    def _runs_on(self, end: date, today: date) -> bool:
        latest = end + timedelta(days=EXTENSION_DAYS)
        return self.extended is not None and today <= min(self.extended.until, latest)

    def last_day(self, today: date) -> date | None:
        """The last day in effect, as far as is known on a day; None where no decision is known."""
        status, end = self.status(today), self.end
        if status is Status.UNKNOWN:
            return None
        if status is Status.WITHDRAWN and self.withdrawn:
            return min(end or self.withdrawn.date, self.withdrawn.date) - timedelta(days=1)
        assert end is not None, "without an end nothing is known"
        if self.extended and status in (Status.EXTENDED, Status.ENDED) and self.extended.until >= end:
            return min(self.extended.until, end + timedelta(days=EXTENSION_DAYS))
        return end - timedelta(days=1)

    @property
    def newest(self) -> date | None:
        """For putting recognitions in order: the decision's day, else the programme year."""
        if self.decision and self.decision.date:
            return self.decision.date
        return date(self.year, 1, 1) if self.year else None


@lru_cache(1 << 12)
def months_after(day: date, months: int) -> date:
    """The same day of the month, so many months later; month ends clamp (29/02 to 28/02)."""
    year, month = divmod_month(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def divmod_month(day: date, months: int) -> tuple[int, int]:
    """Year and month, so many months after `day`."""
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1


Month = Annotated[int, Field(ge=1, le=12), MONTH]


def _each_once(months: tuple[int, ...]) -> tuple[int, ...]:
    twice = next((month for number, month in enumerate(months) if month in months[:number]), None)
    if twice is not None:
        refuse("listed-twice", value=twice)
    return months


Months = Annotated[tuple[Month, ...], AfterValidator(_each_once)]


class PotentialFive(Value):
    """The province sent the product on to the ministry; never shown as five stars."""

    source: Source = field("Nguồn", "Source")


class Pack(Value):
    """One way the product is sold."""

    label: Line | None = field("Bao gói", "Pack", None)
    quantity: NetQuantity | None = field("Khối lượng tịnh", "Net quantity", None)
    price: Dong | None = field("Giá tham khảo (đồng)", "Reference price (dong)", None)
    priced: Day | None = field("Ngày báo giá", "Date of the price", None)
    gtin: Gtin | None = field("Mã vạch GTIN", "GTIN barcode", None)


class Certificate(Value):
    """A certificate with its dates; it is listed, never shown as a badge."""

    name: Line = field("Tên chứng nhận", "Name")
    number: Line | None = field("Số", "Number", None)
    issuer: Line | None = field("Nơi cấp", "Issuer", None)
    starts: Day | None = field("Từ ngày", "From", None, alias="from")
    ends: Day | None = field("Đến ngày", "To", None, alias="to")


class Trace(Value):
    """The traceability stamp."""

    url: Url | None = field("Địa chỉ truy xuất", "Trace link", None)
    code: Line | None = field("Mã truy xuất", "Trace code", None)


CHANNELS = Literal[
    "website",
    "postmart",
    "voso",
    "shopee",
    "lazada",
    "tiki",
    "tiktok",
    "facebook",
    "zalo",
    "supermarket",
    "shop",
    "other",
]


class Channel(Value):
    """A way to buy; the catalogue links out and sells nothing."""

    kind: CHANNELS = field("Kênh", "Channel", choices="channel")
    url: Url | None = field("Địa chỉ", "Address", None)
    name: Line | None = field("Tên gian hàng", "Name of the shop", None)


class Photo(Value):
    """A picture that lies in the entry's folder; `focus` tells what to keep in a cut: shares from left and top."""

    file: PhotoName = field("Tệp ảnh", "File")
    alt: Words | None = field("Mô tả ảnh", "Description", None)
    credit: Line | None = field("Người chụp", "Credit", None)
    focus: Focus | None = field("Điểm chính của ảnh", "What matters most in it", None)


class Limits(Value):
    """What a photo may have at most: more than any phone makes, while a file of a few kB may claim billions."""

    megabytes: int = field("Dung lượng ảnh (MB)", "Megabytes of a photo", MEGABYTES, ge=1, le=64)
    megapixels: int = field("Triệu điểm ảnh", "Megapixels of a photo", MEGAPIXELS, ge=1, le=1000)
    frames: int = field("Số khung hình", "Frames of a photo", FRAMES, ge=1, le=100_000)

    @property
    def most_bytes(self) -> int:
        return self.megabytes << 20

    @property
    def most_pixels(self) -> int:
        return self.megapixels * 1_000_000


LIMITS = Limits()


class Location(Value):
    """A position on the map, in degrees (WGS 84)."""

    lat: float = field("Vĩ độ", "Latitude", ge=8, le=24)
    lon: float = field("Kinh độ", "Longitude", ge=102, le=118)


Contact = Literal["phones", "address", "email"]
CONTACTS: tuple[Contact, ...] = ("phones", "address", "email")


class Consent(Value):
    """The producer agreed to what is published (Law 91/2025/QH15 on personal data)."""

    date: Day = field("Ngày đồng ý", "Date")
    scope: tuple[Contact, ...] = field("Phạm vi", "Scope", choices="contact")


VIETNAMESE_CHOICES = {
    "doanh-nghiep": "enterprise",
    "cong-ty": "enterprise",
    "hop-tac-xa": "cooperative",
    "htx": "cooperative",
    "to-hop-tac": "cooperative-group",
    "ho-kinh-doanh": "household",
    "ho-gia-dinh": "household",
    "trang-trai": "farm",
    "hoi": "association",
    "hiep-hoi": "association",
    "chua-ro": "unknown",
    "lan-dau": "first",
    "nang-hang": "upgrade",
    "cong-nhan-lai": "renewal",
    "danh-gia-lai": "renewal",
    "quyet-dinh": "decision",
    "bao-chi": "press",
    "de-nghi": "proposed",
    "chu-the": "producer",
    "trang-web": "website",
    "sieu-thi": "supermarket",
    "cua-hang": "shop",
}
"""What people write for a choice, by its slug: for the mend, which names the word that is taken."""


# --- entries ----------------------------------------------------------------------------------------------


class Entry(Value):
    """What every entry has. Four things stand in no field of its file: `id` is its folder's name, `body` its Markdown.

    `stories` are the languages of its bodies, which are known also where no story is at hand. `compared` tells the day
    on which the words of a translation were last compared with those of the first language: the key `translated` of the
    translation's own file.
    """

    id: str = ""
    body: Text | None = None
    stories: tuple[Lang, ...] = ()
    compared: tuple[tuple[Lang, date], ...] = ()

    name: Words = field("Tên", "Name")
    summary: Summary | None = field("Giới thiệu ngắn", "Summary", None)
    photos: tuple[Photo, ...] = field("Ảnh", "Photos", ())
    sources: tuple[Source, ...] = field("Nguồn", "Sources", ())
    updated: Day | None = field("Ngày cập nhật", "Updated", None)
    was: tuple[Slug, ...] = field("Mã cũ", "Former ids", ())
    draft: bool = field("Bản nháp", "Draft", False)

    def compared_on(self, lang: Lang) -> date | None:
        """The day on which the words of a translation were last compared, where it is known."""
        return dict(self.compared).get(lang)

    def speaks(self, lang: Lang) -> bool:
        """Whether its name, its summary or its story is there in a language; else its page has no word of its own."""
        words = (self.name, self.summary)
        return lang in self.stories or any(one is not None and one.get(lang) is not None for one in words)

    def outdated(self, lang: Lang) -> bool:
        """Whether the entry was changed after a translation was last compared with it, as far as is known."""
        day = self.compared_on(lang)
        return day is not None and self.updated is not None and day < self.updated


class Product(Entry):
    """A product with its history in the programme."""

    summary: Summary = field("Giới thiệu ngắn", "Summary")
    producer: Slug = field("Chủ thể", "Producer")
    set: int = field("Bộ sản phẩm", "Product set")
    recognitions: tuple[Recognition, ...] = field("Các lần công nhận", "Recognitions", ())
    potential_5_star: PotentialFive | None = field("Tiềm năng 5 sao", "Potential 5-star", None)
    place: Place | None = field("Địa phương", "Place", None)
    packs: tuple[Pack, ...] = field("Bao gói", "Packs", ())
    ingredients: Words | None = fact("Thành phần", "Ingredients")
    alcohol: Alcohol | None = fact("Hàm lượng etanol", "Alcohol by volume")
    raw_materials: Words | None = fact("Vùng nguyên liệu", "Raw-material area")
    usage: Words | None = fact("Hướng dẫn sử dụng", "How to use")
    storage: Words | None = fact("Hướng dẫn bảo quản", "Storage")
    shelf_life: ShelfLife | None = fact("Hạn sử dụng", "Shelf life")
    season: Months = fact("Mùa vụ", "Season", ())
    warnings: Words | None = fact("Cảnh báo", "Warnings")
    awards: tuple[Words, ...] = fact("Giải thưởng", "Awards", ())
    code: Line | None = fact("Mã số sản phẩm OCOP", "OCOP product code")
    certificates: tuple[Certificate, ...] = field("Chứng nhận", "Certificates", ())
    trace: Trace | None = field("Truy xuất nguồn gốc", "Traceability", None)
    channels: tuple[Channel, ...] = field("Kênh bán hàng", "Sales channels", ())
    outlets: tuple[Slug, ...] = field("Điểm bán", "Outlets", ())
    tags: tuple[Line, ...] = field("Thẻ", "Tags", ())
    related: tuple[Slug, ...] = field("Sản phẩm liên quan", "Related products", ())

    @property
    def given(self) -> tuple[Recognition, ...]:
        """The recognitions without what was only proposed, newest first."""
        return tuple(one for one in self.recognitions if one.given)

    def recognition(self, today: date) -> Recognition | None:
        """The recognition that counts on a day: the newest, or an older one in effect below unknown ones.

        What ended or was withdrawn hides all that came before it: no older star comes back.
        """
        known = next((one for one in self.given if one.status(today) is not Status.UNKNOWN), None)
        if known is not None and known.status(today).in_effect:
            return known
        return next(iter(self.given), None)


NOT_OF_SERVICES = "ingredients", "shelf_life", "storage"
"""The fields of a product that a service has not: nor has it a weight."""


PRODUCER_KINDS = Literal[
    "enterprise", "cooperative", "cooperative-group", "household", "farm", "association", "unknown"
]
PERSONAL_KINDS = "household", "unknown"
"""Whose phone and address are personal data; a maker whose kind no source tells may be a household."""


class Producer(Entry):
    """Who makes the products (chủ thể). `unknown` is for a maker that no source names."""

    kind: PRODUCER_KINDS = field("Loại hình", "Kind", choices="kind")
    place: Place = field("Địa phương", "Place")
    registered_name: Line | None = fact("Tên đăng ký", "Registered name")
    founded: When | None = fact("Thành lập", "Founded")
    address: Line | None = field("Địa chỉ", "Address", None)
    phones: tuple[Phone, ...] = field("Điện thoại", "Phones", ())
    zalo: Phone | None = field("Zalo", "Zalo", None)
    email: Email | None = field("Thư điện tử", "E-mail", None)
    website: Url | None = field("Trang web", "Website", None)
    social: tuple[Url, ...] = field("Mạng xã hội", "Social media", ())
    location: Location | None = field("Vị trí", "Position", None)
    consent: Consent | None = field("Đồng ý công bố", "Consent", None)

    def publishes(self, what: Contact) -> bool:
        """Whether a contact may be shown: a person's only with consent."""
        if self.consent is not None:
            return what in self.consent.scope
        return self.kind not in PERSONAL_KINDS

    @property
    def withheld(self) -> tuple[Contact, ...]:
        """The contacts that are there and may not be published; a Zalo number is a phone."""
        known = {"phones": self.phones or self.zalo, "address": self.address, "email": self.email}
        return tuple(what for what in CONTACTS if known[what] and not self.publishes(what))


class Outlet(Entry):
    """A point of display and sale."""

    place: Place = field("Địa phương", "Place")
    address: Line | None = fact("Địa chỉ", "Address")
    hours: Words | None = fact("Giờ mở cửa", "Opening hours")
    phones: tuple[Phone, ...] = field("Điện thoại", "Phones", ())
    website: Url | None = field("Trang web", "Website", None)
    location: Location | None = field("Vị trí", "Position", None)


class News(Entry):
    """An article, or an event with its days."""

    summary: Summary = field("Giới thiệu ngắn", "Summary")
    date: Day = field("Ngày đăng", "Date")
    starts: Day | None = fact("Bắt đầu", "Starts")
    ends: Day | None = fact("Kết thúc", "Ends")
    venue: Words | None = fact("Nơi tổ chức", "Venue")
    tags: tuple[Line, ...] = field("Thẻ", "Tags", ())


class Page(Entry):
    """A page of its own: about, how to take part, privacy."""

    summary: Summary = field("Giới thiệu ngắn", "Summary")
    order: int = field("Thứ tự", "Order", 100)


KINDS: dict[str, type[Entry]] = {
    "products": Product,
    "producers": Producer,
    "outlets": Outlet,
    "news": News,
    "pages": Page,
}
"""The folders of the content and what lies in them."""

NOUNS = {
    "products": ("sản phẩm", "product"),
    "producers": ("chủ thể", "producer"),
    "outlets": ("điểm bán", "outlet"),
    "news": ("tin", "news"),
    "pages": ("trang", "page"),
}
"""What one entry of a folder is called, in Vietnamese and English."""
