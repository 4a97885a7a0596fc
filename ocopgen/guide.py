"""The file beside the pages of a bundle that says, in Vietnamese and English, how it is opened and how far it holds."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

NAME = "HUONG-DAN-README.txt"

_WORDS = """\
{title}
{line}

CÁCH MỞ (không cần mạng, không cần cài đặt)

1. Nếu đang xem tệp nén .zip: bấm chuột phải vào tệp đó, chọn "Giải nén" hoặc
   "Extract All" rồi mới mở thư mục vừa giải nén. Mở ngay trong tệp nén thì
   không có hình và không sang trang khác được.
2. Bấm đúp vào tệp index.html (nhiều máy chỉ ghi là index).
3. Chọn Tiếng Việt hoặc English.

Trang mở bằng trình duyệt có sẵn: Edge, Chrome, Cốc Cốc hay Firefox.
Chép sang USB hoặc máy khác thì chép cả thư mục, không chép riêng tệp index.html.

Hiệu lực của hạng sao được tính đến ngày {day_vi}.
Hãy xin bản mới trước mỗi kỳ hội chợ: sau ngày này có sao hết hạn, có sao mới.

Dung lượng: {size_vi} MB, {files} tệp.


HOW TO OPEN IT (no internet, nothing to install)

1. If you are looking at a .zip file: right-click it, choose "Extract All", then
   open the folder that this makes. Inside the zip there are no pictures, and
   links lead nowhere.
2. Double-click the file index.html (many computers show it as index).
3. Choose Tiếng Việt or English.

It opens in the browser you have: Edge, Chrome, Cốc Cốc or Firefox.
To take it along on a USB stick, copy the whole folder, not index.html alone.

The standing of stars was worked out as of {day_en}.
Ask for a new copy before each fair: after that day some stars end, and others
are given.

Size: {size_en} MB, {files} files.
"""


def guide(title: str, day: date, size: int, files: int) -> bytes:
    """The file, as old editors on Windows read it too; `day` is that of the stars, `size` is in bytes."""
    said = _WORDS.format(
        title=title,
        line="=" * len(title),
        day_vi=format_date(day, "dd/MM/yyyy", "vi"),
        day_en=format_date(day, "d MMMM yyyy", "en_GB"),
        size_vi=megabytes(size, "vi"),
        size_en=megabytes(size, "en"),
        files=files,
    )
    return said.replace("\n", "\r\n").encode("utf-8-sig")


def megabytes(size: int, lang: str) -> str:
    """Bytes in millions, rounded up, as the language writes a number: `12,4`."""
    return str(format_decimal(-(-size // 100_000) / 10, "#,##0.0", lang))
