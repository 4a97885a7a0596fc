"""The site's own settings: its names, languages, address, policies, colours."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from ocopgen.model import LIMITS, Limits, Value, field
from ocopgen.notation import COLOUR
from ocopgen.text import Lang
from ocopgen.values import Email, Phone, Url
from ocopgen.wording import LangCode, Line, Wordings, refuse

Hex = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$"), COLOUR]


def _each_once(codes: tuple[Lang, ...]) -> tuple[Lang, ...]:
    twice = next((code for number, code in enumerate(codes) if code in codes[:number]), None)
    if twice:
        refuse("listed-twice", value=twice)
    return codes


Languages = Annotated[tuple[LangCode, ...], Field(min_length=1), AfterValidator(_each_once)]


class Colours(Value):
    """The tokens of the palette; what is left out keeps its shipped colour."""

    paper: Hex | None = field("Nền trang", "Page ground", None)
    card: Hex | None = field("Nền thẻ", "Raised surfaces", None)
    ink: Hex | None = field("Chữ", "Text", None)
    soft: Hex | None = field("Chữ phụ", "Secondary text", None)
    rice: Hex | None = field("Liên kết", "Links", None)
    lacquer: Hex | None = field("Điểm nhấn", "Accent", None)
    turmeric: Hex | None = field("Sao, dấu", "Stars and seals", None)
    line: Hex | None = field("Đường kẻ", "Hairlines", None)

    def over(self, shipped: Colours) -> Colours:
        """These colours, and the shipped ones where none is given."""
        given = {name: colour for name, colour in self if colour is not None}
        return shipped.model_copy(update=given)


LIGHT = Colours(
    paper="#FBF7EF",
    card="#FFFDF8",
    ink="#1F1B16",
    soft="#5C5346",
    rice="#2F6B3B",
    lacquer="#A3261C",
    turmeric="#B97A0A",
    line="#E4DBC9",
)
DARK = Colours(
    paper="#171512",
    card="#211E1A",
    ink="#F3ECDF",
    soft="#BDB2A0",
    rice="#8CC79A",
    lacquer="#EE8F82",
    turmeric="#E9B44C",
    line="#3A342C",
)


class Palette(Value):
    """The site's colours by light and by dark."""

    light: Colours = field("Nền sáng", "Light", Colours())
    dark: Colours = field("Nền tối", "Dark", Colours())

    @property
    def by_light(self) -> Colours:
        """Every colour of the light palette."""
        return self.light.over(LIGHT)

    @property
    def by_dark(self) -> Colours:
        """Every colour of the dark palette."""
        return self.dark.over(DARK)


class Policies(Value):
    """Where the office is stricter than the law asks."""

    current_only: bool = field("Chỉ hiện sao còn hiệu lực", "Show only stars in effect", False)
    alcohol_prices: bool = field("Hiện giá đồ uống có cồn", "Show prices of alcohol", False)
    alcohol_brochures: bool = field("In đồ uống có cồn trong tờ giới thiệu", "Print alcohol in brochures", False)


class Contact(Value):
    """Whom a reader can ask."""

    name: Wordings = field("Tên", "Name")
    phones: tuple[Phone, ...] = field("Điện thoại", "Phones", ())
    email: Email | None = field("Thư điện tử", "E-mail", None)
    address: Wordings | None = field("Địa chỉ", "Address", None)


class Editing(Value):
    """How a reader becomes an editor: where the content lies in the repository, and where the form signs in."""

    branch: Line = field("Nhánh nhận sửa đổi", "Branch that takes changes", "main")
    folder: Line = field("Thư mục nội dung trong kho", "Folder of the content in the repository", "content")
    sign_in: Url | None = field("Địa chỉ đăng nhập của biểu mẫu", "Address where the form signs in", None)


class Budgets(Value):
    """What pages and files may weigh on their way to a phone, in kB (1000 bytes), compressed as servers send them.

    Pages are weighed at their first view: see docs/weight.md. `records` is for each 1,000 products.
    """

    product: int = field("Trang sản phẩm, lần xem đầu (kB)", "Product page at first view (kB)", 250, ge=1)
    listing: int = field("Trang danh sách, lần xem đầu (kB)", "Listing at first view (kB)", 500, ge=1)
    page: int = field("Trang khác, lần xem đầu (kB)", "Other page at first view (kB)", 500, ge=1)
    style: int = field("Tệp định kiểu (kB)", "Style sheet (kB)", 14, ge=1)
    scripts: int = field("Mã của một trang, trừ tìm kiếm (kB)", "Scripts of a page, without search (kB)", 10, ge=1)
    search: int = field("Mã tìm kiếm (kB)", "Search script (kB)", 12, ge=1)
    records: int = field("Dữ liệu tìm kiếm mỗi 1000 sản phẩm (kB)", "Search records per 1,000 products (kB)", 30, ge=1)
    font: int = field("Một tệp phông chữ (kB)", "One font (kB)", 40, ge=1)
    picture: int = field("Một ảnh ở cỡ điện thoại tải (kB)", "One picture as a phone takes it (kB)", 120, ge=1)


class Site(Value):
    """`site.yml`. The first language is the one every entry is written in."""

    title: Wordings = field("Tên trang", "Title")
    tagline: Wordings = field("Một câu giới thiệu", "Tagline")
    languages: Languages = field("Ngôn ngữ", "Languages")
    address: Url | None = field("Địa chỉ công khai", "Public address", None)
    repository: Url | None = field("Kho mã", "Repository", None)
    editing: Editing = field("Sửa nội dung", "Editing", Editing())
    contact: Contact = field("Liên hệ", "Contact")
    policies: Policies = field("Chính sách", "Policies", Policies())
    colours: Palette = field("Màu", "Colours", Palette())
    limits: Limits = field("Giới hạn ảnh", "Limits of photos", LIMITS)
    budgets: Budgets = field("Hạn mức dung lượng trang", "Budgets of weight", Budgets())
    brochures: bool = field("Làm tờ giới thiệu PDF", "Make PDF brochures", True)
    installable: bool = field("Xem được khi mất mạng", "Usable without network", True)
    licence: Wordings | None = field("Giấy phép dữ liệu", "Data licence", None)
