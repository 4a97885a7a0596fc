"""What open data tells of an entry besides the fields that were written: what was worked out for the day."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from ocopgen.model import KINDS, Outlet, Producer, Product, Recognition, Status, Value, field
from ocopgen.text import Lang
from ocopgen.values import Day, Stars
from ocopgen.wording import Line, Words

VERSION = 1
"""Raised when a key goes, or tells something else than before; a new key raises nothing."""


class About(Value):
    """What every file of data begins with."""

    version: int = field("Phiên bản của khuôn dạng", "Version of the format")
    day: Day = field("Ngày tính hiệu lực của hạng sao", "Day for which the stars are told")
    title: Words = field("Tên danh mục", "Title of the catalogue")
    address: str | None = field("Địa chỉ của trang", "Address of the site", None)
    licence: Words | None = field("Giấy phép dữ liệu", "Data licence", None)
    languages: tuple[Lang, ...] = field("Ngôn ngữ", "Languages")


class Named(Value):
    """An id and its name."""

    id: str = field("Mã", "Id")
    name: Words = field("Tên", "Name")


class Today(Value):
    """What a place is part of today; not `sure` where no law says it."""

    commune: Named | None = field("Xã, phường", "Commune or ward", None)
    province: Named | None = field("Tỉnh", "Province", None)
    sure: bool = field("Theo văn bản luật", "By law")


class Where(Value):
    """A place by its names: as the papers say, and what that is part of today where it is another."""

    commune: Named | None = field("Xã, phường", "Commune or ward", None)
    district: Named | None = field("Huyện (cũ)", "Former district", None)
    province: Named | None = field("Tỉnh", "Province", None)
    now: Today | None = field("Nay thuộc", "Today part of", None)


class Classified(Value):
    """Where a product stands in the classification."""

    sector: Named = field("Ngành", "Sector")
    group: Named = field("Nhóm", "Group")
    set: Named = field("Bộ sản phẩm", "Product set")


class OfRecognition(Value):
    """What a recognition is worth on the day. `until` is its last day in effect, to come or gone."""

    status: Status = field("Tình trạng", "Status")
    until: Day | None = field("Hiệu lực đến hết ngày", "In effect through", None)


class Standing(OfRecognition):
    """The recognition that counts on the day."""

    stars: Stars = field("Hạng sao", "Stars")
    in_effect: bool = field("Còn hiệu lực", "In effect")


class Shown(Value):
    """A photo of an entry, as its page shows it; its size is in pixels."""

    address: str = field("Địa chỉ", "Address")
    width: int = field("Rộng", "Width")
    height: int = field("Cao", "Height")
    alt: Words | None = field("Mô tả ảnh", "Description", None)
    credit: Line | None = field("Người chụp", "Credit", None)


class OfEntry(Value):
    """What is told of every entry. Addresses are whole where that of the site is known, else from its root."""

    addresses: Words = field("Địa chỉ trang", "Address of the page")
    short_address: str | None = field("Địa chỉ ngắn", "Short address", None)
    data: str = field("Địa chỉ dữ liệu của mục này", "Address of this entry's data")
    pictures: tuple[Shown, ...] = field("Hình", "Pictures", ())
    story: Words | None = field("Câu chuyện (HTML)", "Story (HTML)", None)


class OfProduct(OfEntry):
    """What is told of a product besides."""

    standing: Standing | None = field("Hạng sao trong ngày", "Stars on the day", None)
    producer_name: Words = field("Tên chủ thể", "Name of the producer")
    classified: Classified = field("Phân loại", "Classification")
    where: Where | None = field("Nơi làm ra", "Where it is made", None)


class OfProducer(OfEntry):
    """What is told of a producer besides."""

    products: tuple[str, ...] = field("Sản phẩm", "Products", ())
    where: Where | None = field("Địa phương theo tên", "Place by its names", None)


class OfOutlet(OfEntry):
    """What is told of a point of sale besides."""

    where: Where | None = field("Địa phương theo tên", "Place by its names", None)


BESIDES: Mapping[type[BaseModel], type[Value]] = {
    **dict.fromkeys(KINDS.values(), OfEntry),
    Product: OfProduct,
    Producer: OfProducer,
    Outlet: OfOutlet,
    Recognition: OfRecognition,
}
"""What is told of a value besides its own fields, by its model."""
