"""The criteria that what a catalogue holds can be evidence for, and what they are worth: as far as they were read.

They are those of Decision 26/2026/QĐ-TTg, appendix II, which has a sheet of criteria for each product set. The sheets
of sets 7 and 26 were read; of others it is only known where a line is word for word the same (domain section 1.7).
"""

from __future__ import annotations

from dataclasses import dataclass

from ocopgen.text import Lang, Text

SOURCE = "Quyết định 26/2026/QĐ-TTg, phụ lục II"


def both(vi: str, en: str) -> Text:
    """Words of ours in Vietnamese and English."""
    return Text.of({Lang("vi"): vi, Lang("en"): en})


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion, the most points it gives (as the sheet counts them), and what earns them.

    `sets` are the product sets it is told for; in those of `read` it was found in the sheet itself.
    """

    code: str
    points: str
    name: Text
    earns: Text
    sets: frozenset[int]
    read: frozenset[int]


_GOODS = frozenset(range(1, 26))
_READ = frozenset({7})
_TOURISM = frozenset({26})

CRITERIA = (
    Criterion(
        "5.1",
        "5",
        both("Câu chuyện sản phẩm", "Product story"),
        both(
            "có câu chuyện 1 điểm; thêm tờ rơi 2; thêm tờ rơi và trang web 3; "
            "thêm trong nội dung truy xuất nguồn gốc điện tử 5 (mức cần cho 4 sao)",
            "a story 1 point; also on a leaflet 2; also on a leaflet and a website 3; "
            "also in the electronic trace content 5 (needed for 4 stars)",
        ),
        _GOODS,
        _GOODS,
    ),
    Criterion(
        "5.2",
        "2",
        both("Cấu trúc câu chuyện", "Structure of the story"),
        both("ngắn gọn, súc tích, có tính kể chuyện", "short, concise, told as a story"),
        _GOODS,
        _READ,
    ),
    Criterion(
        "5.3",
        "5",
        both("Bản sắc địa phương trong câu chuyện", "Local identity of the story"),
        both(
            "0 điểm nếu giống câu chuyện của chủ thể khác, hay của sản phẩm khác cùng chủ thể; "
            "câu chuyện riêng có nguồn gốc 1 điểm (mức cần cho 3 sao); cao nhất 5",
            "0 points if it equals the story of another producer, or of another product of the same one; "
            "an own story with its origin 1 point (needed for 3 stars); 5 at most",
        ),
        _GOODS,
        _READ,
    ),
    Criterion(
        "2.3",
        "3",
        both("Nhãn sản phẩm", "Label"),
        both(
            "đủ và đúng quy định 1 điểm (mức cần cho 3 sao); thêm thông điệp câu chuyện 2; "
            "thêm mã truy xuất 3 (mức cần cho 4 sao)",
            "full and lawful 1 point (needed for 3 stars); also the story's message 2; "
            "also a trace code 3 (needed for 4 stars)",
        ),
        _GOODS,
        _READ,
    ),
    Criterion(
        "2.4",
        "1",
        both("Nhãn hai thứ tiếng", "Bilingual label"),
        both(
            "nhãn có tiếng Việt và tiếng Anh hoặc ngôn ngữ khác",
            "a label in Vietnamese and in English or another language",
        ),
        frozenset(range(1, 23)),
        frozenset(range(1, 23)),
    ),
    Criterion(
        "4.1",
        "5",
        both("Phân phối", "Distribution"),
        both(
            "dưới 5 đại lý (mức cần cho 3 sao); từ 5 đại lý (4 sao); "
            "xuất khẩu, hoặc kênh hiện đại có hợp đồng và đường dẫn gian hàng (5 sao)",
            "fewer than 5 agents (needed for 3 stars); 5 or more (4 stars); "
            "export, or modern channels with a contract and a storefront link (5 stars)",
        ),
        _GOODS,
        _READ,
    ),
    Criterion(
        "4.3",
        "5",
        both("Quảng bá", "Promotion"),
        both(
            "hoạt động quảng bá; trang web hoặc trang mạng xã hội có hoạt động; hội chợ",
            "activities; a website or an active social page; fairs",
        ),
        _GOODS,
        _READ,
    ),
    Criterion(
        "10",
        "2",
        both("Hướng dẫn sử dụng", "Instructions for use"),
        both("hướng dẫn đơn giản, hoặc chi tiết (cao nhất)", "simple instructions, or detailed ones (the most)"),
        _GOODS,
        _READ,
    ),
    Criterion(
        "4.4, 4.5, 5.1",
        "4, 3, 4",
        both("Giới thiệu bằng ngoại ngữ (du lịch)", "Presentation in a foreign language (tourism)"),
        both(
            "trang web có ngoại ngữ, tờ rơi, tài liệu bằng tiếng Việt và một ngoại ngữ, câu chuyện bằng ngoại ngữ",
            "a website in a foreign language, a leaflet, material in Vietnamese and one foreign language, "
            "a story in a foreign language",
        ),
        _TOURISM,
        _TOURISM,
    ),
)
BY_CODE = {one.code: one for one in CRITERIA}


def criteria_of(product_set: int) -> tuple[Criterion, ...]:
    """The criteria that are told for a product set, in the order of the table."""
    return tuple(one for one in CRITERIA if product_set in one.sets)
