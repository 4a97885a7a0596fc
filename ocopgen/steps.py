"""What can be added to an entry: for each kind one table of steps, the most useful first (domain 1.7 and 4.2).

A step that makes no sense for an entry is not asked of it: a service has no shelf life, alcohol is shown without prices
and places to buy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ocopgen.catalogue import Catalogue, Key
from ocopgen.coverage import EntryWords, State
from ocopgen.criteria import BY_CODE, Criterion, both
from ocopgen.model import PERSONAL_KINDS, Entry, Producer, Product
from ocopgen.reference import Group, ProductSet
from ocopgen.text import Text


@dataclass(frozen=True, slots=True)
class Case:
    """An entry with all that its steps are judged by; `english` is `None` where the site has no English."""

    catalogue: Catalogue
    key: Key
    entry: Entry
    told: bool
    english: EntryWords | None

    @property
    def product(self) -> Product:
        assert isinstance(self.entry, Product)
        return self.entry

    @property
    def set(self) -> ProductSet:
        return self.catalogue.set_of(self.product)

    @property
    def group(self) -> Group:
        return self.catalogue.group_of(self.product)


Judge = Callable[[Case], bool]


@dataclass(frozen=True, slots=True)
class Filled:
    """Whether any of these fields holds something; `packs.price` is that of any pack."""

    paths: tuple[str, ...]

    def __call__(self, case: Case) -> bool:
        return any(True for path in self.paths for _ in _held(case.entry, path.split(".")))


def _held(value: Any, path: list[str]) -> Iterator[object]:
    if isinstance(value, tuple):
        for item in value:
            yield from _held(item, path)
    elif path and value is not None:
        yield from _held(getattr(value, path[0]), path[1:])
    elif value is not None:
        yield value


def has(*paths: str) -> Filled:
    """A judge of whether any of these fields is filled."""
    return Filled(paths)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to add to an entry: what it weighs, when it is done, where it makes sense, the criteria it serves."""

    id: str
    words: Text
    weight: int
    done: Judge
    asked: Judge = lambda case: True
    criteria: tuple[str, ...] = ()


# --- what is judged ---------------------------------------------------------------------------------------


def _decided(case: Case) -> bool:
    return any(one.decided for one in case.product.given)


def _photographed(case: Case) -> bool:
    return bool(case.catalogue.photos.get(case.key))


def _priced(case: Case) -> bool:
    return any(one.price is not None and one.priced is not None for one in case.product.packs)


def _told(case: Case) -> bool:
    return case.told


def _in_english(*fields: str) -> Judge:
    """Whether none of these fields waits for its English words."""

    def judge(case: Case) -> bool:
        return case.english is None or not any(case.english.fields[one] is State.MISSING for one in fields)

    return judge


LABEL_FIELDS = "ingredients", "usage", "storage", "warnings"
"""Translated fields of a product whose words stand on its label."""


def _has_english(case: Case) -> bool:
    return case.english is not None


def _labelled(case: Case) -> bool:
    return _goods(case) and any(getattr(case.product, one) is not None for one in LABEL_FIELDS) and _has_english(case)


def _up_to_date(case: Case) -> bool:
    return case.english is None or case.english.age is not State.STALE


def _goods(case: Case) -> bool:
    return not case.set.service


def _consumed(case: Case) -> bool:
    """Food, drink, what is taken and what is put on the skin."""
    return case.group.sector in ("food", "beverages") or case.group.id in (
        "functional-food-medicine",
        "herbal-cosmetics",
    )


def _mixed(case: Case) -> bool:
    return _consumed(case) and case.group.id != "fresh-food"


def _expires(case: Case) -> bool:
    return _consumed(case) and not case.set.alcohol


def _packed(case: Case) -> bool:
    return _goods(case) and case.group.sector not in ("handicrafts", "ornamentals")


def _coded(case: Case) -> bool:
    return _goods(case) and case.group.sector != "ornamentals"


def _sold(case: Case) -> bool:
    return not case.catalogue.restrained(case.product)


def _known(case: Case) -> bool:
    return isinstance(case.entry, Producer) and case.entry.kind != "unknown"


def _personal(case: Case) -> bool:
    return isinstance(case.entry, Producer) and case.entry.kind in PERSONAL_KINDS


# --- the steps --------------------------------------------------------------------------------------------

_TOURISM = "4.4, 4.5, 5.1"
_NAMED = Step(
    "english",
    both("Viết tên và giới thiệu ngắn bằng tiếng Anh", "Write the name and the summary in English"),
    2,
    _in_english("name", "summary"),
    _has_english,
    (_TOURISM,),
)
_TRANSLATED = Step(
    "english-story",
    both("Dịch câu chuyện sang tiếng Anh", "Translate the story into English"),
    2,
    _in_english("body"),
    lambda case: case.told and case.english is not None,
    (_TOURISM,),
)
_COMPARED = Step(
    "compare",
    both(
        "Đối chiếu lại bản tiếng Anh với bản tiếng Việt mới sửa, rồi ghi ngày vào 'translated'",
        "Compare the English words with the changed Vietnamese ones, then write the day into 'translated'",
    ),
    1,
    _up_to_date,
    _has_english,
)
_UPDATED = Step("updated", both("Ghi ngày cập nhật", "Write the day of the update"), 1, has("updated"))


def _photo(weight: int) -> Step:
    return Step("photo", both("Thêm 1 ảnh chụp ngang", "Add 1 photo, the phone held across"), weight, _photographed)


STEPS: Mapping[str, tuple[Step, ...]] = {
    "products": (
        Step(
            "decision",
            both(
                "Ghi số và ngày quyết định công nhận: thiếu thì trang không ghi là đang giữ sao",
                "Write the number and date of the decision: without them the page shows no star as held",
            ),
            3,
            _decided,
        ),
        _photo(3),
        Step(
            "story",
            both("Viết câu chuyện riêng của sản phẩm", "Write the product's own story"),
            3,
            _told,
            criteria=("5.1",),
        ),
        _NAMED,
        _TRANSLATED,
        Step(
            "packs",
            both("Ghi khối lượng tịnh của từng loại bao gói", "Write the net quantity of each pack"),
            2,
            has("packs.quantity"),
            _packed,
        ),
        Step(
            "price",
            both("Ghi giá tham khảo kèm ngày báo giá", "Write a reference price and its date"),
            2,
            _priced,
            _sold,
        ),
        Step(
            "trace",
            both("Ghi mã hoặc địa chỉ truy xuất nguồn gốc", "Write the trace code or its address"),
            2,
            has("trace.code", "trace.url"),
            _coded,
            ("5.1", "2.3"),
        ),
        Step("usage", both("Viết hướng dẫn sử dụng", "Write how to use it"), 2, has("usage"), _goods, ("10",)),
        Step(
            "channels",
            both("Ghi kênh bán (kèm đường dẫn) hoặc điểm bán", "Write sales channels with links, or points of sale"),
            2,
            has("channels", "outlets"),
            _sold,
            ("4.1",),
        ),
        Step(
            "english-label",
            both(
                "Dịch chữ trên nhãn (thành phần, cách dùng, bảo quản, cảnh báo) sang tiếng Anh",
                "Translate the words of the label (ingredients, use, storage, warnings) into English",
            ),
            1,
            _in_english(*LABEL_FIELDS),
            _labelled,
            ("2.4",),
        ),
        Step("ingredients", both("Ghi thành phần", "Write the ingredients"), 1, has("ingredients"), _mixed),
        Step("shelf-life", both("Ghi hạn sử dụng", "Write the shelf life"), 1, has("shelf_life"), _expires),
        Step("storage", both("Viết hướng dẫn bảo quản", "Write how to store it"), 1, has("storage"), _consumed),
        Step(
            "certificates",
            both(
                "Ghi chứng nhận (số, nơi cấp, ngày) nếu có",
                "Write the certificates (number, issuer, dates), if there are any",
            ),
            1,
            has("certificates"),
        ),
        Step("gtin", both("Ghi mã vạch GTIN", "Write the GTIN barcode"), 1, has("packs.gtin"), _coded),
        Step("code", both("Ghi mã số sản phẩm OCOP", "Write the OCOP product code"), 1, has("code")),
        _COMPARED,
        _UPDATED,
    ),
    "producers": (
        Step("kind", both("Ghi loại hình của chủ thể", "Write the kind of producer"), 3, _known),
        Step(
            "consent",
            both(
                "Ghi ngày và phạm vi đồng ý công bố; chưa có thì trang không đăng điện thoại, địa chỉ",
                "Write the day and scope of the consent; without it the page shows no phone and no address",
            ),
            3,
            has("consent"),
            _personal,
        ),
        Step("phone", both("Ghi số điện thoại hoặc Zalo", "Write a phone or Zalo number"), 3, has("phones", "zalo")),
        _photo(2),
        Step("story", both("Kể đôi dòng về chủ thể", "Write a few lines about the producer"), 2, _told),
        _NAMED,
        Step(
            "website",
            both("Ghi trang web hoặc trang mạng xã hội", "Write the website or a social page"),
            1,
            has("website", "social"),
            criteria=("4.3",),
        ),
        _TRANSLATED,
        Step("address", both("Ghi địa chỉ", "Write the address"), 1, has("address")),
        Step("email", both("Ghi thư điện tử", "Write the e-mail address"), 1, has("email")),
        Step("location", both("Ghi vị trí trên bản đồ", "Write the position on the map"), 1, has("location")),
        Step(
            "registered-name",
            both("Ghi tên đăng ký kinh doanh", "Write the registered name"),
            1,
            has("registered_name"),
        ),
        Step("founded", both("Ghi năm thành lập", "Write the year of founding"), 1, has("founded")),
        _COMPARED,
        _UPDATED,
    ),
    "outlets": (
        Step("address", both("Ghi địa chỉ", "Write the address"), 3, has("address")),
        Step("hours", both("Ghi giờ mở cửa", "Write the opening hours"), 2, has("hours")),
        Step("phone", both("Ghi số điện thoại", "Write a phone number"), 2, has("phones")),
        Step("location", both("Ghi vị trí trên bản đồ", "Write the position on the map"), 2, has("location")),
        _photo(2),
        _NAMED,
        _TRANSLATED,
        _COMPARED,
        _UPDATED,
    ),
    "news": (_NAMED, _TRANSLATED, _photo(1), _COMPARED),
    "pages": (_NAMED, _TRANSLATED, _COMPARED, _UPDATED),
}
BY_ID: Mapping[str, Mapping[str, Step]] = {kind: {one.id: one for one in steps} for kind, steps in STEPS.items()}


def worth(step: Step, product_set: int | None) -> tuple[tuple[Criterion, bool], ...]:
    """The criteria that a step serves, and whether each was read in the sheet of this product set.

    A step of a producer serves those of its products, whose sets are not told apart.
    """
    found = (BY_CODE[code] for code in step.criteria)
    if product_set is None:
        return tuple((one, False) for one in found if one.code != _TOURISM)
    return tuple((one, product_set in one.read) for one in found if product_set in one.sets)
