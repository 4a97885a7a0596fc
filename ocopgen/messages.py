"""Every message a contributor may read, in Vietnamese and English, with its mend: one row a problem."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

LANGS = "vi", "en"
"""The languages of messages, in the order in which they are said where nobody asks for another."""


class Severity(Enum):
    """An error stops the build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"

    def word(self, lang: str) -> str:
        if lang == "en":
            return self.value
        return "lỗi" if self is Severity.ERROR else "lưu ý"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence and a mend in both languages; `{words}` in braces are filled by the problem."""

    severity: Severity
    vi: str
    en: str
    mend_vi: str = ""
    mend_en: str = ""

    def sentence(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en

    def mend(self, lang: str) -> str:
        return self.mend_vi if lang == "vi" else self.mend_en


def _error(vi: str, en: str, mend_vi: str = "", mend_en: str = "") -> Message:
    return Message(Severity.ERROR, vi, en, mend_vi, mend_en)


def _warning(vi: str, en: str, mend_vi: str = "", mend_en: str = "") -> Message:
    return Message(Severity.WARNING, vi, en, mend_vi, mend_en)


# Filled in by `mend`: the code that knows of a near word says so, any other leaves it empty.
_ANY = "{mend_vi}", "{mend_en}"

MESSAGES: dict[str, Message] = {
    # --- budgets ------------------------------------------------------------------------------------------
    "budget-page": _error(
        "trang nặng {weight} kB ở lần xem đầu trên điện thoại, hạn mức {most} kB; nặng nhất: {parts_vi}",
        "this page is {weight} kB at its first view on a phone, {most} kB are allowed; largest: {parts_en}",
        "giảm những tệp nặng nhất nêu trên (ảnh: bớt đi, hay chọn ảnh ít chi tiết), hoặc nâng budgets.{key}",
        "make the largest files smaller (pictures: fewer, or plainer ones), or raise budgets.{key}",
    ),
    "budget-pages": _error(
        "còn {n} trang nữa nặng quá hạn mức {most} kB",
        "{n} more pages are heavier than {most} kB",
        "giảm những trang nặng nhất nêu trên trước, hoặc nâng budgets.{key} trong site.yml",
        "make the heaviest pages above lighter first, or raise budgets.{key} in site.yml",
    ),
    "budget-picture": _error(
        "ảnh nặng {weight} kB ở {width} px, hạn mức {most} kB: {picture}",
        "the picture is {weight} kB at {width} px, {most} kB are allowed: {picture}",
        "dùng ảnh nền đơn giản, ít hạt nhiễu hơn, hoặc nâng budgets.picture trong site.yml",
        "use a picture with a plainer ground and less noise, or raise budgets.picture in site.yml",
    ),
    "budget-file": _error(
        "tệp nặng {weight} kB khi nén, hạn mức {most} kB",
        "the file is {weight} kB compressed, {most} kB are allowed",
        "bớt nội dung của tệp trong thư mục templates, hoặc nâng budgets.{key} trong site.yml",
        "take something out of it in the templates, or raise budgets.{key} in site.yml",
    ),
    "budget-scripts": _error(
        "mã của trang nặng {weight} kB khi nén, hạn mức {most} kB: {parts_vi}",
        "the scripts of this page are {weight} kB compressed, {most} kB are allowed: {parts_en}",
        "bớt mã trong thư mục templates, hoặc nâng budgets.scripts trong site.yml",
        "take something out of the scripts in the templates, or raise budgets.scripts in site.yml",
    ),
    "budget-records": _error(
        "dữ liệu tìm kiếm nặng {weight} kB mỗi 1000 sản phẩm, hạn mức {most} kB",
        "the search records are {weight} kB per 1,000 products, {most} kB are allowed",
        "viết tên và nơi bán ngắn gọn hơn, hoặc nâng budgets.records trong site.yml",
        "write shorter names, or raise budgets.records in site.yml",
    ),
    # --- files -------------------------------------------------------------------------------------------
    "file-empty": _error(
        "tệp trống",
        "the file is empty",
        "xóa tệp, hoặc chép mẫu từ một mục khác rồi sửa",
        "delete it, or copy another entry's file and edit that",
    ),
    "file-too-large": _error(
        "tệp nặng {size} KiB, chỉ nhận tối đa {limit} KiB",
        "the file has {size} KiB; at most {limit} KiB are read",
        "chia bớt nội dung, hoặc bỏ dữ liệu dán nhầm",
        "shorten it, or take out what was pasted by mistake",
    ),
    "not-utf8": _error(
        "tệp không phải UTF-8 (gặp byte {byte})",
        "the file is not UTF-8 (byte {byte})",
        "mở bằng Notepad, chọn Lưu thành…, mã hóa UTF-8",
        "open it in an editor and save it with the encoding UTF-8",
    ),
    "symlink": _error(
        "liên kết tượng trưng không được nhận",
        "a symbolic link is not read",
        "đặt chính tệp đó vào thư mục của mục",
        "put the file itself into the entry's folder",
    ),
    "name-not-utf8": _error(
        "tên tệp không đọc được",
        "the file's name cannot be read",
        "đổi tên tệp, chỉ dùng chữ không dấu, số và gạch nối",
        "rename it with plain letters, digits and hyphens",
    ),
    "file-unknown": _warning(
        "tệp này không thuộc về đâu cả, nên bị bỏ qua",
        "this file belongs nowhere and is left out",
        *_ANY,
    ),
    "file-missing": _error(
        "thiếu tệp này",
        "this file is missing",
        "tạo lại tệp theo hướng dẫn trong README",
        "make it again as README says",
    ),
    "entry-without-vi": _error(
        "thư mục '{entry}' không có index.{lang}.md",
        "the folder '{entry}' has no index.{lang}.md",
        "thêm index.{lang}.md: mọi thông tin nằm trong tệp này",
        "add index.{lang}.md: it carries every fact",
    ),
    "folder-name": _error(
        "tên thư mục '{entry}' chỉ được gồm a-z, 0-9 và gạch nối",
        "the folder name '{entry}' may hold only a-z, 0-9 and hyphens",
        "đổi tên thư mục thành '{slug}'",
        "rename the folder to '{slug}'",
    ),
    "duplicate-id": _error(
        "mã '{entry}' trùng với {other}",
        "the id '{entry}' is also that of {other}",
        "đổi tên một trong hai thư mục",
        "rename one of the two folders",
    ),
    # --- YAML --------------------------------------------------------------------------------------------
    "front-matter-missing": _error(
        "dòng đầu phải là ---",
        "the first line must be ---",
        "viết --- ở dòng 1, các thông tin ở dưới, rồi --- trước phần bài viết",
        "write --- on line 1, the facts below it, and --- again before the story",
    ),
    "front-matter-open": _error(
        "phần thông tin chưa được đóng bằng ---",
        "the facts are not closed by ---",
        "thêm một dòng --- sau dòng thông tin cuối cùng",
        "add a line --- after the last fact",
    ),
    "yaml-hash": _warning(
        "YAML bỏ phần '{value}' vì coi là ghi chú",
        "YAML leaves out '{value}' as a comment",
        "nếu là một phần của giá trị, đặt cả giá trị trong dấu nháy kép; nếu là ghi chú, thêm dấu cách sau #",
        "if it belongs to the value, put the whole value in double quotes; if it is a comment, a space after #",
    ),
    "yaml-syntax": _error(
        "không hiểu được cú pháp YAML ở đây",
        "the YAML cannot be read here",
        "so với mẫu: mỗi dòng là 'khóa: giá trị', thụt lề bằng dấu cách, đủ cặp dấu nháy và ngoặc",
        "compare with a sample: 'key: value' on each line, indented by spaces, quotes and brackets in pairs",
    ),
    "yaml-colon": _error(
        "dấu hai chấm ở chỗ không ngờ",
        "a colon stands where none is expected",
        "đặt cả câu trong dấu nháy kép nếu trong câu có ': '; kiểm tra thụt lề",
        "put the whole sentence in double quotes if it holds ': '; check the indentation",
    ),
    "yaml-tab": _error(
        "có dấu Tab; YAML chỉ nhận dấu cách",
        "a tab character; YAML takes only spaces",
        "thay Tab bằng hai dấu cách",
        "replace the tab by two spaces",
    ),
    "yaml-line": _error(
        "dòng này không phải 'khóa: giá trị'",
        "this line is not 'key: value'",
        "viết một dấu cách sau dấu hai chấm; nếu phần thông tin đã hết, thêm một dòng --- ở trên",
        "write a space after the colon; if the facts end here, add a line --- above",
    ),
    "yaml-indent": _error(
        "dòng này thụt lề không khớp với các dòng trên",
        "this line's indentation does not match the lines above",
        "cho các khóa cùng nhóm thẳng hàng nhau; mỗi tầng thụt thêm hai dấu cách",
        "keep the keys of one group in one column; indent each level by two more spaces",
    ),
    "yaml-after": _error(
        "có chữ thừa sau dấu nháy hay ngoặc đóng",
        "there are words after a closing quotation mark or bracket",
        "đặt cả giá trị trong một cặp dấu nháy kép; xem dòng trên có thiếu dấu nháy đóng không",
        "put the whole value in one pair of double quotes; see that the line above closes its own",
    ),
    "yaml-bracket": _error(
        "ngoặc được mở mà không đóng, hoặc bên trong thiếu dấu phẩy",
        "a bracket is opened and not closed, or a comma is missing inside",
        "thêm ] hoặc }} ở cuối; giá trị có dấu ngoặc hay dấu phẩy thì đặt trong dấu nháy kép",
        "add ] or }} at the end; put a value that holds brackets or commas in double quotes",
    ),
    "yaml-escape": _error(
        "dấu \\ trong dấu nháy kép có nghĩa riêng",
        "a \\ inside double quotes has a meaning of its own",
        "viết \\\\, hoặc dùng dấu nháy đơn",
        "write \\\\, or use single quotes",
    ),
    "yaml-second": _error(
        "phần YAML thứ hai bắt đầu ở đây",
        "a second YAML document begins here",
        "xóa dòng ---; cả tệp chỉ có một phần",
        "delete the line ---; a file holds only one",
    ),
    "yaml-comma": _error(
        "dấu phẩy trong {{ }} bắt đầu một khóa mới, nên '{key}' bị hiểu là khóa",
        "a comma inside {{ }} begins a new key, so '{key}' was taken for one",
        "đặt giá trị có dấu phẩy trong dấu nháy kép; số viết liền, số lẻ viết bằng dấu chấm: 84.5",
        "put a value that holds a comma in double quotes; numbers have none: 250000, 84.5",
    ),
    "quotes-curly": _error(
        "dấu nháy cong “ ” không phải dấu nháy của YAML",
        "curly quotes “ ” are not the quotation marks of YAML",
        'thay bằng dấu nháy thẳng "; trên điện thoại, tắt dấu câu thông minh',
        'use straight quotes "; on a phone, switch off smart punctuation',
    ),
    "yaml-quote": _error(
        "dấu nháy được mở mà không đóng",
        "a quotation mark is opened and not closed",
        "thêm dấu nháy đóng ở cuối giá trị",
        "add the closing quotation mark at the end of the value",
    ),
    "yaml-character-start": _error(
        "giá trị không được bắt đầu bằng ký tự này (@ ` % …)",
        "a value cannot begin with this character (@ ` % …)",
        "đặt cả giá trị trong dấu nháy kép",
        "put the whole value in double quotes",
    ),
    "yaml-character": _error(
        "có ký tự điều khiển {character} không hiện ra được",
        "there is an invisible control character {character}",
        "xóa dòng này rồi gõ lại",
        "delete the line and type it again",
    ),
    "yaml-duplicate": _error(
        "khóa '{key}' được viết hai lần",
        "the key '{key}' is written twice",
        "giữ một dòng, xóa dòng kia",
        "keep one of the lines and delete the other",
    ),
    "yaml-key": _error(
        "khóa phải là một từ",
        "a key must be a plain word",
        "viết 'khóa: giá trị'; giá trị có dấu ngoặc thì đặt trong dấu nháy kép",
        "write 'key: value'; put a value that holds brackets in double quotes",
    ),
    "yaml-alias": _error(
        "không dùng & và * của YAML ở đây",
        "YAML anchors (&) and aliases (*) are not used here",
        "viết hẳn giá trị ra; giá trị bắt đầu bằng & hoặc * thì đặt trong dấu nháy kép",
        "write the value out; put a value that begins with & or * in double quotes",
    ),
    "yaml-tag": _error(
        "không dùng thẻ kiểu '{tag}' của YAML",
        "the YAML tag '{tag}' is not used here",
        "xóa phần bắt đầu bằng !, hoặc đặt cả giá trị trong dấu nháy kép",
        "delete what begins with !, or put the whole value in double quotes",
    ),
    "yaml-deep": _error(
        "lồng nhau quá {limit} tầng",
        "nested deeper than {limit} levels",
        "viết gọn lại như trong mẫu",
        "write it flat, as in a sample",
    ),
    "yaml-not-mapping": _error(
        "ở đây phải là các dòng 'khóa: giá trị'",
        "there must be lines of 'key: value' here",
        "chép phần đầu từ một mục khác rồi sửa",
        "copy the head of another entry and edit it",
    ),
    # --- keys and kinds of values ------------------------------------------------------------------------
    "missing": _error(
        "thiếu '{key}' ({label_vi})",
        "'{key}' ({label_en}) is missing",
        "thêm một dòng '{key}: …'",
        "add a line '{key}: …'",
    ),
    "not-filled": _error(
        "'{key}' ({label_vi}) cần có mà còn để trống",
        "'{key}' ({label_en}) is needed and not filled in yet",
        "viết vào sau dấu hai chấm",
        "write it after the colon",
    ),
    "listed-twice": _error(
        "'{value}' được ghi hai lần",
        "'{value}' is listed twice",
        "xóa một lần",
        "delete one of the two",
    ),
    "unknown-key": _error("không có khóa '{key}'", "there is no key '{key}'", *_ANY),
    "fact-in-translation": _error(
        "'{key}' là thông tin chung, không viết trong tệp dịch",
        "'{key}' is a fact and does not belong in a translation",
        "xóa ở đây; viết trong {source}",
        "delete it here; it belongs in {source}",
    ),
    "translated-in-facts": _error(
        "'translated' là ngày đối chiếu bản dịch, chỉ viết trong tệp dịch",
        "'translated' is the day a translation was compared, and stands only in a translation",
        "chuyển dòng này sang tệp dịch, ví dụ index.en.md; ngày sửa nội dung tiếng Việt ghi ở 'updated'",
        "move the line to the translation, such as index.en.md; the day of a change of facts is 'updated'",
    ),
    "translation-unknown": _error(
        "bản dịch của '{key}' không khớp mục nào trong {source}",
        "this translation of '{key}' matches nothing in {source}",
        "viết đúng tên tệp ảnh hoặc đúng số dòng như trong {source}",
        "use the same file names, and as many lines, as {source}",
    ),
    "translation-alone": _error(
        "'{key}' có bản dịch mà {source} không có",
        "'{key}' is translated, but {source} has none",
        "viết '{key}' trong {source} trước, hoặc xóa ở đây",
        "write '{key}' in {source} first, or delete it here",
    ),
    "text-expected": _error(
        "'{key}' phải là chữ, không phải {value}",
        "'{key}' must be words, not {value}",
        'đặt giá trị trong dấu nháy kép: {key}: "{value}"',
        'put the value in double quotes: {key}: "{value}"',
    ),
    "text-not-list": _error(
        "'{key}' phải là chữ, không phải danh sách hay nhóm khóa",
        "'{key}' must be words, not a list or a group of keys",
        "viết trên một dòng, cả giá trị trong dấu nháy kép",
        "write it on one line, the whole value in double quotes",
    ),
    "text-empty": _error(
        "'{key}' đang để trống",
        "'{key}' is empty",
        "viết giá trị, hoặc xóa cả dòng",
        "write a value, or delete the line",
    ),
    "text-long": _error(
        "'{key}' dài {length} ký tự, tối đa {limit}",
        "'{key}' has {length} characters; at most {limit} are shown",
        "rút gọn còn một câu; phần dài hơn viết vào bài",
        "make it one short sentence; what is longer belongs in the story",
    ),
    "language-missing": _error(
        "'{key}' thiếu bản '{lang}'",
        "'{key}' has no words in '{lang}'",
        "thêm '{lang}: …'",
        "add '{lang}: …'",
    ),
    "number-expected": _error(
        "'{key}' phải là số, không phải {value}",
        "'{key}' must be a number, not {value}",
        "chỉ viết chữ số, không có dấu nháy hay đơn vị; số lẻ viết bằng dấu chấm: 84.5",
        "write digits only, with no quotes or unit; decimals with a point: 84.5",
    ),
    "number-range": _error(
        "'{key}' phải {bound_vi} {limit}, không phải {value}",
        "'{key}' must be {bound_en} {limit}, not {value}",
    ),
    "price-form": _error(
        "'{key}' phải là số đồng nguyên, không phải {value}",
        "'{key}' must be a whole number of dong, not {value}",
        "viết liền, không dấu chấm, không 'đ': {near}",
        "write it without points or units: {near}",
    ),
    "boolean-expected": _error(
        "'{key}' phải là true hoặc false, không phải {value}",
        "'{key}' must be true or false, not {value}",
    ),
    "date-expected": _error(
        "'{key}' phải là ngày, không phải {value}",
        "'{key}' must be a date, not {value}",
        "viết năm-tháng-ngày{near_vi}",
        "write year-month-day{near_en}",
    ),
    "date-year": _error(
        "'{key}': năm {year} không thể đúng",
        "'{key}': the year {year} cannot be right",
        "xem lại năm, viết đủ bốn chữ số",
        "check the year and write its four digits",
    ),
    "list-expected": _error(
        "'{key}' phải là một danh sách",
        "'{key}' must be a list",
        "mỗi mục một dòng, bắt đầu bằng '- '",
        "one item a line, each beginning with '- '",
    ),
    "mapping-expected": _error(
        "'{key}' phải gồm các dòng 'khóa: giá trị'",
        "'{key}' must hold lines of 'key: value'",
        "ví dụ: {{{example}: …}}",
        "for example: {{{example}: …}}",
    ),
    "choice": _error(
        "'{key}' phải là một trong: {choices}; không phải {value}",
        "'{key}' must be one of {choices}; not {value}",
        *_ANY,
    ),
    "stars-range": _error(
        "'{key}' phải là 3, 4 hoặc 5, không phải {value}",
        "'{key}' must be 3, 4 or 5, not {value}",
        "dưới 3 sao không được công nhận OCOP; 'tiềm năng 5 sao' viết ở potential_5_star",
        "below 3 stars nothing is recognised; a potential 5-star product uses potential_5_star",
    ),
    "slug-form": _error(
        "'{key}' phải là mã gồm a-z, 0-9 và gạch nối, không phải {value}",
        "'{key}' must be an id of a-z, 0-9 and hyphens, not {value}",
        "viết '{slug}'",
        "write '{slug}'",
    ),
    "url-form": _error(
        "'{key}' không phải địa chỉ web: {value}",
        "'{key}' is not a web address: {value}",
        "địa chỉ bắt đầu bằng https://",
        "an address begins with https://",
    ),
    "email-form": _error(
        "'{key}' không phải địa chỉ thư: {value}",
        "'{key}' is not an e-mail address: {value}",
        "ví dụ: ten@example.vn",
        "for example: name@example.vn",
    ),
    "phone-form": _error(
        "'{key}' không phải số điện thoại Việt Nam: {value}",
        "'{key}' is not a Vietnamese phone number: {value}",
        'di động 10 số "0912 345 678", cố định "0227 3 123 456", tổng đài "1900 1234"; đặt trong dấu nháy',
        'mobile "0912 345 678", landline "0227 3 123 456", hotline "1900 1234"; in quotes',
    ),
    "gtin-form": _error(
        "'{key}' không phải mã GTIN 8, 12, 13 hoặc 14 chữ số: {value}",
        "'{key}' is not a GTIN of 8, 12, 13 or 14 digits: {value}",
        "chép lại dãy số dưới mã vạch, đặt trong dấu nháy",
        "copy the digits under the barcode, in quotes",
    ),
    "gtin-check": _error(
        "mã GTIN {value} sai số kiểm tra: số cuối phải là {digit}",
        "GTIN {value} has a wrong check digit: the last digit must be {digit}",
        "chép lại cả dãy số dưới mã vạch",
        "copy all the digits under the barcode again",
    ),
    "period-form": _error(
        "'{key}' phải gồm một số và một đơn vị, không phải {value}",
        "'{key}' must be a number and a unit, not {value}",
        "ví dụ: 12 months, 30 days, 2 years, 48 hours",
        "for example: 12 months, 30 days, 2 years, 48 hours",
    ),
    "quantity-form": _error(
        "'{key}' phải gồm một số và một đơn vị, không phải {value}",
        "'{key}' must be a number and a unit, not {value}",
        "ví dụ: 200 g, 1 kg, 500 ml, 12 piece",
        "for example: 200 g, 1 kg, 500 ml, 12 piece",
    ),
    "focus-form": _error(
        "'{key}' là hai số từ 0 đến 1 trong ngoặc vuông: cách mép trái và cách mép trên",
        "'{key}' is two numbers from 0 to 1 in brackets: from the left and from the top",
        "viết như [0.5, 0.3], số thập phân dùng dấu chấm; giữa ảnh là [0.5, 0.5]",
        "write as [0.5, 0.3], with decimal points; the middle is [0.5, 0.5]",
    ),
    "photo-name": _error(
        "{value} không phải tên ảnh trong thư mục của mục",
        "{value} is not the name of a picture in the entry's folder",
        "chỉ viết tên tệp, như hop-200g.jpg, và đặt ảnh cạnh index.vi.md",
        "write the file's name only, such as hop-200g.jpg, and put it beside index.vi.md",
    ),
    "value-wrong": _error("'{key}' không nhận giá trị {value}", "'{key}' does not take the value {value}"),
    # --- the star ----------------------------------------------------------------------------------------
    "score-star": _error(
        "điểm {score} ứng với {expected} sao, không phải {stars} sao",
        "a score of {score} means {expected} stars, not {stars}",
        "xem lại quyết định: 50 ≤ 3 sao < 70 ≤ 4 sao < 90 ≤ 5 sao",
        "see the decision again: 50 ≤ 3 stars < 70 ≤ 4 stars < 90 ≤ 5 stars",
    ),
    "score-above": _warning(
        "điểm {score} đủ cho {expected} sao, mà ghi {stars} sao",
        "a score of {score} would do for {expected} stars; {stars} are recorded",
        "đúng nếu tiêu chí bắt buộc chưa đạt hoặc là điểm của cấp dưới; nếu không, xem lại quyết định",
        "right if a required criterion was missed or a lower council gave it; else see the decision again",
    ),
    "score-none": _error(
        "điểm {score} dưới 50: không có sao nào được công nhận",
        "a score of {score} is below 50: no star is recognised",
    ),
    "ends-reason": _error(
        "'ends' khác ngày quyết định cộng 36 tháng ({expected}) mà không nói lý do",
        "'ends' is not the decision's date plus 36 months ({expected}) and gives no reason",
        "xóa 'ends', hoặc thêm 'ends_reason: …'",
        "delete 'ends', or add 'ends_reason: …'",
    ),
    "ends-early": _error(
        "'ends' {ends} không sau ngày quyết định {decided}",
        "'ends' {ends} is not after the decision of {decided}",
        "xem lại hai ngày; không có ngày khác thì xóa 'ends'",
        "check both dates; delete 'ends' unless the paper names another end",
    ),
    "ends-undated": _error(
        "có 'ends' mà không có ngày quyết định",
        "there is 'ends' but no date of a decision",
        "thêm decision: {{number: …, date: …}}",
        "add decision: {{number: …, date: …}}",
    ),
    "extended-long": _error(
        "gia hạn tới {until}, quá 180 ngày sau ngày hết hiệu lực {ends}",
        "extended until {until}, more than 180 days past the end {ends}",
        "ghi ngày không quá {latest}",
        "write a date no later than {latest}",
    ),
    "year-late": _error(
        "năm đánh giá {year} sau năm của quyết định ({decided})",
        "the programme year {year} is after the year of the decision ({decided})",
        "năm đánh giá là năm của đợt chấm, thường trước ngày quyết định",
        "the programme year is that of the round, most often before the decision",
    ),
    "year-ahead": _error(
        "năm đánh giá {year} ở tương lai (năm nay {today})",
        "the programme year {year} is in the future (this year is {today})",
        "xem lại năm",
        "check the year",
    ),
    "withdrawn-early": _error(
        "ngày thu hồi {date} sớm hơn ngày quyết định {decided}",
        "withdrawn on {date}, before the decision of {decided}",
        "xem lại hai ngày",
        "check both dates",
    ),
    "evidence-decision": _error(
        "đã có số và ngày quyết định thì căn cứ không thể là '{value}'",
        "with the number and date of a decision the evidence cannot be '{value}'",
        "ghi evidence: decision; nếu chưa được công nhận, xóa 'decision'",
        "write evidence: decision; if it is not recognised yet, delete 'decision'",
    ),
    "order-recognitions": _error(
        "các lần công nhận phải xếp mới trước, cũ sau",
        "recognitions go newest first",
        "chuyển mục này lên trên mục trước nó",
        "move this item above the one before it",
    ),
    "future-date": _error(
        "ngày {date} ở tương lai (hôm nay {today})",
        "the date {date} is in the future (today is {today})",
        "xem lại năm",
        "check the year",
    ),
    "dates-swapped": _error(
        "'{key}' {late} sớm hơn ngày bắt đầu {early}",
        "'{key}' {late} is before the start {early}",
        "xem lại hai ngày",
        "check both dates",
    ),
    "recognition-unknown": _warning(
        "{stars} sao chưa được hiện là đang giữ: thiếu số hoặc ngày quyết định",
        "the {stars} stars are not shown as held: the decision's number or date is missing",
        "thêm decision: {{number: …, date: …, by: …}}; chưa có thì ghi evidence: press, proposed hoặc producer",
        "add decision: {{number: …, date: …, by: …}}; without one, evidence: press, proposed or producer",
    ),
    "recognition-ended": _warning(
        "{stars} sao đã hết hiệu lực ngày {ends}; trang chỉ ghi bằng chữ",
        "the {stars} stars ended on {ends}; pages show them as words only",
        "nếu đã được công nhận lại, thêm lần công nhận mới ở trên cùng",
        "if it was recognised again, add the new recognition on top",
    ),
    "recognition-ending": _warning(
        "{stars} sao hết hiệu lực ngày {ends}, còn {days} ngày",
        "the {stars} stars end on {ends}, in {days} days",
        "nộp hồ sơ đánh giá lại từ 180 đến 120 ngày trước ngày đó",
        "the file for renewal goes in 180 to 120 days before that day",
    ),
    "filing-closed": _warning(
        "{stars} sao hết hiệu lực ngày {ends}, còn {days} ngày; đã quá hạn nộp hồ sơ đánh giá lại",
        "the {stars} stars end on {ends}, in {days} days; the time to file for renewal is over",
        "hỏi ngay UBND xã về việc kéo dài hiệu lực; có văn bản thì ghi vào 'extended'",
        "ask the commune at once about an extension; once there is a paper, record it in 'extended'",
    ),
    "recognitions-overlap": _warning(
        "lần công nhận này và lần ở dòng {line} cùng còn hiệu lực",
        "this recognition and the one on line {line} are both in effect",
        "nếu là nâng hạng hay đánh giá lại thì ghi kind: upgrade hoặc kind: renewal; nếu không, xem lại hai quyết định",
        "if it is an upgrade or a renewal, write kind: upgrade or kind: renewal; else see both decisions again",
    ),
    "potential-holds-5": _error(
        "đã có 5 sao thì không còn 'tiềm năng 5 sao'",
        "a product with 5 stars is not a potential 5-star product",
        "xóa potential_5_star",
        "delete potential_5_star",
    ),
    # --- what entries say of one another -----------------------------------------------------------------
    "producer-unknown": _error("không có chủ thể '{value}'", "there is no producer '{value}'", *_ANY),
    "outlet-unknown": _error("không có điểm bán '{value}'", "there is no outlet '{value}'", *_ANY),
    "related-unknown": _error("không có sản phẩm '{value}'", "there is no product '{value}'", *_ANY),
    "set-unknown": _error("không có bộ sản phẩm {value}", "there is no product set {value}", *_ANY),
    "place-unknown": _error("không có địa danh '{value}'", "there is no place '{value}'", *_ANY),
    "reference-unknown": _error("'{key}': không có '{value}'", "'{key}': there is no '{value}'", *_ANY),
    "producer-draft": _error(
        "chủ thể '{value}' còn là bản nháp mà sản phẩm thì không",
        "the producer '{value}' is a draft, but this product is not",
        "bỏ 'draft: true' ở chủ thể, hoặc thêm vào sản phẩm này",
        "take 'draft: true' off the producer, or add it to this product",
    ),
    "was-taken": _error(
        "tên cũ '{value}' đang là tên của {other}",
        "the former name '{value}' is in use by {other}",
        "xóa khỏi 'was' ở một trong hai mục",
        "delete it from 'was' in one of the two",
    ),
    "phone-shared": _warning(
        "số {value} cũng là của {other}",
        "the number {value} is also that of {other}",
        "kiểm tra có phải chép nhầm từ mục khác không",
        "check that it was not copied from another entry",
    ),
    "price-old": _warning(
        "giá báo từ {date}, đã hơn một năm",
        "the price is of {date}, more than a year old",
        "hỏi lại chủ thể, sửa 'price' và 'priced'",
        "ask the producer, then correct 'price' and 'priced'",
    ),
    "gtin-twice": _error(
        "GTIN {value} đã có ở {other}",
        "GTIN {value} also stands in {other}",
        "mỗi mã vạch chỉ của một bao gói; xem lại nhãn",
        "a barcode belongs to one pack; check the label",
    ),
    "story-copied": _error(
        "bài viết giống bài của {other} ({percent} %): câu chuyện trùng được 0 điểm",
        "the story is that of {other} ({percent} %): a copied story scores 0",
        "viết câu chuyện riêng của sản phẩm này",
        "write this product's own story",
    ),
    "claim-cure": _error(
        "'{value}': sản phẩm không được nói là chữa hay phòng bệnh",
        "'{value}': a product may not claim to cure or prevent disease",
        "bỏ lời này; kể về hương vị, nguyên liệu, cách làm",
        "take it out; tell of the taste, the material and the making",
    ),
    "notice-missing": _error(
        "bộ {value} cần lời cảnh báo 'notice' theo luật",
        "set {value} needs the 'notice' that the law asks for",
        "thêm notice: {{vi: …, en: …}} cho bộ này",
        "add notice: {{vi: …, en: …}} to this set",
    ),
    "alcohol-missing": _error(
        "bộ {value} là đồ uống có cồn: cần 'alcohol' (% vol)",
        "set {value} is an alcoholic drink: 'alcohol' (% vol) is needed",
        "ghi độ cồn như trên nhãn, ví dụ alcohol: 29.5; không biết thì ghi alcohol: unknown",
        "write it as on the label, for example alcohol: 29.5; if it is not known, alcohol: unknown",
    ),
    "alcohol-elsewhere": _error(
        "'alcohol' chỉ dùng cho bộ 14 và 15, sản phẩm này thuộc bộ {value}",
        "'alcohol' is for sets 14 and 15; this product is in set {value}",
        "xóa dòng 'alcohol', hoặc sửa 'set'",
        "delete the line, or correct 'set'",
    ),
    "service-goods": _error(
        "dịch vụ (bộ {value}) không có '{key}'",
        "a service (set {value}) has no '{key}'",
        "xóa dòng này; giờ mở cửa, cách đặt chỗ viết vào 'usage'",
        "delete the line; opening hours and booking belong in 'usage'",
    ),
    "consent-missing": _warning(
        "chưa ghi sự đồng ý của chủ thể, nên trang không hiện {what_vi}",
        "no consent is recorded, so pages leave out the {what_en}",
        "hỏi chủ thể rồi thêm consent: {{date: …, scope: [phones, address, email]}}",
        "ask the producer, then add consent: {{date: …, scope: [phones, address, email]}}",
    ),
    "decision-twice": _error(
        "quyết định {value} đã công nhận sản phẩm này ở dòng {line}",
        "decision {value} has recognised this product already, on line {line}",
        "xóa một trong hai lần",
        "delete one of the two",
    ),
    # --- bodies and pictures -----------------------------------------------------------------------------
    "body-long": _error(
        "bài viết dài {length} ký tự, tối đa {limit}",
        "the story has {length} characters; at most {limit} are read",
        "rút gọn bài viết",
        "shorten the story",
    ),
    "body-tangled": _error(
        "bài viết có quá nhiều dấu ngoặc, dòng, cột hay tầng lồng nhau",
        "the story has too many brackets, lines, columns or nested levels",
        "viết thành đoạn văn thường",
        "write it as plain paragraphs",
    ),
    "body-html": _warning(
        "HTML <{value}> trong bài đã bị bỏ",
        "the HTML <{value}> in the story was taken out",
        "chỉ dùng Markdown: **đậm**, *nghiêng*, - danh sách, [chữ](địa chỉ)",
        "use Markdown only: **bold**, *italic*, - lists, [words](address)",
    ),
    "link-dead": _error(
        "liên kết '{value}' không dẫn tới đâu",
        "the link '{value}' leads nowhere",
        "dẫn tới mục khác bằng ../ten-muc/ hoặc ../../producers/ten-muc/, không có #; trang ngoài bắt đầu bằng https://",
        "lead to another entry by ../its-id/ or ../../producers/its-id/, without #; to other sites by https://",
    ),
    "address-dead": _warning(
        "địa chỉ '{value}' không còn: {why_vi}",
        "the address '{value}' is gone: {why_en}",
        "tìm bản lưu của trang ấy (ví dụ ở web.archive.org) hoặc nguồn khác; không có thì xóa địa chỉ, giữ tên nguồn",
        "find an archived copy (web.archive.org has many) or another source; else delete the address, keep its title",
    ),
    "address-unsure": _warning(
        "không chắc địa chỉ '{value}' còn dùng được: {why_vi}",
        "the address '{value}' may not be there any more: {why_en}",
        "mở thử bằng trình duyệt; mở được thì cứ để nguyên",
        "open it in a browser; if it opens there, leave it as it is",
    ),
    "address-moved": _warning(
        "địa chỉ '{value}' đã chuyển hẳn sang '{to}'",
        "the address '{value}' has moved for good to '{to}'",
        "mở địa chỉ mới; nếu đúng trang ấy thì ghi địa chỉ mới",
        "open the new one; if it is the same page, write the new address",
    ),
    "photo-missing": _error(
        "không có ảnh '{value}' trong thư mục của mục",
        "there is no picture '{value}' in the entry's folder",
        *_ANY,
    ),
    "photo-unlisted": _warning(
        "ảnh '{value}' nằm trong thư mục nhưng không có trong 'photos', nên không hiện",
        "the picture '{value}' lies in the folder but not in 'photos', so it is not shown",
        "thêm một dòng '- {{file: {value}}}' vào 'photos'; hoặc bỏ hẳn 'photos' để hiện mọi ảnh",
        "add '- {{file: {value}}}' to 'photos'; or leave out 'photos', and all are shown",
    ),
    "photo-twice": _error(
        "ảnh '{value}' được kê hai lần",
        "the picture '{value}' is listed twice",
        "xóa một dòng",
        "delete one of the lines",
    ),
    "photo-unreadable": _error(
        "không đọc được ảnh '{value}'",
        "the picture '{value}' cannot be read",
        "mở ảnh, lưu lại thành JPEG rồi tải lên lần nữa",
        "open it, save it as JPEG and upload it again",
    ),
    "photo-cut-off": _error(
        "ảnh '{value}' bị cụt: tệp thiếu phần cuối",
        "the picture '{value}' is cut off: the end of the file is missing",
        "gửi hay tải lên chưa xong; tải lại ảnh gốc",
        "an upload did not finish; upload the original again",
    ),
    "photo-killed": _error(
        "đọc ảnh '{value}' làm máy hết bộ nhớ hay chương trình đọc bị tắt",
        "reading the picture '{value}' took all memory, or its process was killed",
        "thu ảnh còn 3000 điểm ảnh ở cạnh dài, lưu thành JPEG; người dựng trang có thể thử --jobs 1",
        "reduce it to 3000 pixels on the long side, save it as JPEG; who builds the site may try --jobs 1",
    ),
    "photo-kind": _error(
        "'{value}' không phải ảnh đọc được (JPEG, PNG, WebP, AVIF, HEIC, TIFF, GIF)",
        "'{value}' is no picture that can be read (JPEG, PNG, WebP, AVIF, HEIC, TIFF, GIF)",
        "lưu ảnh thành JPEG; nếu là phim thì chụp lại thành ảnh; nếu tệp rỗng thì tải ảnh gốc lên lần nữa",
        "save it as JPEG; of a film take a photo instead; if the file is empty, upload the original again",
    ),
    "photo-raw": _error(
        "'{value}' là ảnh thô (RAW) của máy ảnh, trình duyệt không xem được",
        "'{value}' is a camera's raw file, which no browser shows",
        "xuất thành JPEG bằng phần mềm của máy, hoặc chụp ở chế độ JPEG",
        "export it as JPEG with the camera's program, or let the camera take JPEG",
    ),
    "photo-svg": _error(
        "'{value}' là hình vẽ SVG; SVG có thể chứa mã lệnh nên không nhận",
        "'{value}' is an SVG drawing; SVG may carry scripts and is not taken",
        "xuất hình thành PNG, cạnh dài từ 1600 điểm ảnh",
        "export it as PNG, 1600 pixels or more on the long side",
    ),
    "photo-pdf": _error(
        "'{value}' là tài liệu PDF, không phải ảnh",
        "'{value}' is a PDF document, not a picture",
        "chụp lại hoặc xuất trang cần dùng thành JPEG, cạnh dài từ 1600 điểm ảnh",
        "photograph the page or export it as JPEG, 1600 pixels or more on the long side",
    ),
    "photo-frames": _error(
        "ảnh động '{value}' có {frames} khung hình, tối đa {limit}; trang chỉ dùng khung đầu",
        "the moving picture '{value}' has {frames} frames; at most {limit} are read, and only the first is shown",
        "lưu khung đẹp nhất thành JPEG",
        "save the best frame as JPEG",
    ),
    "photo-small": _error(
        "ảnh '{value}' nhỏ: {width} × {height} điểm ảnh, cần ít nhất {limit} ở cạnh {side_vi}",
        "the picture '{value}' is small: {width} × {height} pixels; the {side_en} side needs {limit}",
        "dùng ảnh gốc trong máy, không dùng ảnh chụp màn hình hay ảnh gửi qua Zalo",
        "use the original from the phone, not a screenshot or a picture from a chat",
    ),
    "photo-large": _error(
        "ảnh '{value}' nặng {size} MB, tối đa {limit} MB",
        "the picture '{value}' has {size} MB; at most {limit} MB are read",
        "lưu thành JPEG, 3000 điểm ảnh ở cạnh dài là đủ",
        "save it as JPEG; 3000 pixels on the long side are enough",
    ),
    "photo-pixels": _error(
        "ảnh '{value}' có {width} × {height} điểm ảnh, tối đa {limit} triệu",
        "the picture '{value}' has {width} × {height} pixels; at most {limit} million are read",
        "thu ảnh còn 3000 điểm ảnh ở cạnh dài",
        "reduce it to 3000 pixels on the long side",
    ),
    "photo-ending": _warning(
        "'{value}' thật ra là ảnh {kind}; trang vẫn đọc được",
        "'{value}' is really {kind}; it is read as that",
        "đổi đuôi tệp thành {ending}, và sửa tên trong index.vi.md nếu có kê",
        "let its name end with {ending}, also where index.vi.md lists it",
    ),
    "photo-located": _warning(
        "ảnh '{value}' ghi nơi chụp (GPS); ai tải tệp này về cũng xem được",
        "the picture '{value}' tells where it was taken (GPS); the repository is public",
        "nhờ người giữ trang chạy 'python build.py fix' (ảnh giữ nguyên chất lượng); lần sau tắt 'lưu vị trí' khi chụp",
        "run 'python build.py fix', which takes it out and leaves every pixel; turn off location in the camera",
    ),
    "photo-place-stays": _error(
        "không xóa được nơi chụp (GPS) trong ảnh '{value}' mà giữ nguyên điểm ảnh",
        "the place (GPS) in the picture '{value}' cannot be taken out while every pixel is kept",
        "mở ảnh, lưu lại thành JPEG, tắt 'kèm vị trí'",
        "open it and save it as JPEG, without its location",
    ),
    "photo-cmyk": _warning(
        "ảnh '{value}' là ảnh in (CMYK) không kèm hồ sơ màu (ICC); màu trên trang có thể lệch",
        "the picture '{value}' is in inks (CMYK) without a profile; its colours may be off",
        "xin nhà in ảnh RGB, hoặc lưu lại thành JPEG với màu sRGB",
        "ask the print shop for RGB, or save it as JPEG in sRGB",
    ),
    "photo-dark": _warning(
        "ảnh '{value}' rất tối",
        "the picture '{value}' is very dark",
        "chụp ban ngày, gần cửa sổ hay ngoài hiên, tắt đèn flash; chạm vào sản phẩm trên màn hình rồi kéo sáng lên",
        "take it by day near a window, without flash; tap the product on the screen and slide the brightness up",
    ),
    "photo-pale": _warning(
        "ảnh '{value}' nhạt, gần như một màu",
        "the picture '{value}' is washed out, almost of one shade",
        "lau ống kính, đừng để đèn hay mặt trời chiếu thẳng vào máy; đặt sản phẩm trên nền khác màu",
        "wipe the lens, keep lamps and sun out of it, and set the product on a ground of another colour",
    ),
    "photo-blurred": _warning(
        "ảnh '{value}' mờ, không chỗ nào nét",
        "the picture '{value}' is blurred: nothing in it is sharp",
        "lau ống kính, tì tay hay đặt máy lên bàn, chạm vào sản phẩm cho nét rồi mới bấm; đừng phóng to khi chụp",
        "wipe the lens, rest the hand on a table, tap the product until it is sharp; do not zoom in",
    ),
    "photo-modest": _warning(
        "ảnh '{value}' hơi nhỏ: {width} × {height} điểm ảnh; từ {limit} ở cạnh dài thì nét trên mọi màn hình",
        "the picture '{value}' is rather small, {width} × {height} pixels; a long side of {limit} is always sharp",
        "dùng ảnh gốc trong máy, không dùng ảnh gửi qua Zalo; gửi qua Zalo thì chọn 'HD' hay gửi dạng tệp",
        "use the original from the phone; in a chat, send it as a file",
    ),
    "photo-narrow": _warning(
        "ảnh '{value}' ({width} × {height} điểm ảnh) cắt theo 4:3 chỉ còn {across} × {down}; cần ngang từ {limit}",
        "the picture '{value}' of {width} × {height} pixels, cut to 4:3, is {across} × {down}; it needs {limit} across",
        "chụp lại: cầm máy ngang, khổ 4:3, và dùng ảnh gốc trong máy; tự cắt ảnh này cũng chỉ còn chừng ấy điểm ảnh",
        "take it anew across and in 4:3, and use the original from the phone; to crop this one gains no pixels",
    ),
    "photo-vast": _warning(
        "ảnh '{value}' lớn hơn cần thiết: {width} × {height} điểm ảnh, {megabytes} MB",
        "the picture '{value}' is larger than it need be: {width} × {height} pixels, {megabytes} MB",
        "{enough} điểm ảnh ở cạnh dài là đủ cho trang và bản in",
        "{enough} pixels on the long side are enough for the site and for print",
    ),
    "alt-missing": _warning(
        "ảnh '{value}' chưa có lời mô tả 'alt'",
        "the picture '{value}' has no description 'alt'",
        "tả ảnh trong một câu ngắn cho người không nhìn thấy",
        "describe it in a short sentence for those who cannot see it",
    ),
    # --- words of the interface --------------------------------------------------------------------------
    "string-missing": _error(
        "thiếu chữ giao diện '{key}' ({lang})",
        "the interface words '{key}' ({lang}) are missing",
        "thêm '{key}' vào strings.yml",
        "add '{key}' to strings.yml",
    ),
    "path-twice": _error(
        "hai trang cùng địa chỉ {value}",
        "two pages have the same address {value}",
        "đổi tên một trong hai thư mục, hoặc một đường dẫn trong strings.yml",
        "rename one of the two folders, or a path in strings.yml",
    ),
    # --- the office's list --------------------------------------------------------------------------------
    "list-large": _error(
        "tệp quá lớn: {size} MB, chỉ nhận tối đa {limit} MB",
        "the file is too large: {size} MB; at most {limit} MB are read",
        "chép riêng bảng danh sách sang một tệp mới",
        "copy the list alone into a new file",
    ),
    "list-long": _error(
        "danh sách dài hơn {limit} dòng",
        "the list has more than {limit} rows",
        "chép riêng bảng danh sách sang một tệp mới",
        "copy the list alone into a new file",
    ),
    "list-empty": _error("tệp trống", "the file is empty"),
    "list-broken": _error(
        "tệp hỏng, hoặc không phải bảng tính XLSX",
        "the file is broken, or is no XLSX workbook",
        "mở bằng Excel hay LibreOffice, lưu lại thành .xlsx",
        "open it in Excel or LibreOffice and save it as .xlsx",
    ),
    "list-locked": _error(
        "tệp có mật khẩu",
        "the file has a password",
        "mở bằng Excel, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc) rồi lưu lại",
        "open it in Excel, take the password off (File → Info → Protect Workbook) and save it",
    ),
    "list-old": _error(
        "định dạng cũ .xls không đọc được",
        "the old format .xls cannot be read",
        "mở bằng Excel hay LibreOffice, lưu lại thành .xlsx",
        "open it in Excel or LibreOffice and save it as .xlsx",
    ),
    "list-doctype": _error(
        "tệp chứa khai báo DOCTYPE, không bảng tính thật nào có",
        "the file holds a DOCTYPE, as no real workbook does",
        "đừng mở; hỏi lại người gửi, hoặc chép bảng sang một tệp mới",
        "do not open it; ask who sent it, or copy the list into a new file",
    ),
    "list-encoding": _error(
        "tệp không phải UTF-8 (dòng {line}, byte {byte}); có thể là Windows-1258 hay bảng mã cũ",
        "the file is not UTF-8 (line {line}, byte {byte}); it may be Windows-1258 or an older encoding",
        "trong Excel chọn Lưu thành… → CSV UTF-8, hoặc lưu thành .xlsx",
        "in Excel choose Save As… → CSV UTF-8, or save it as .xlsx",
    ),
    "list-csv": _error(
        "dòng {line} không đọc được như CSV",
        "line {line} cannot be read as CSV",
        "mở bằng Excel, lưu lại thành .xlsx",
        "open it in Excel and save it as .xlsx",
    ),
    "list-json": _error(
        "tệp JSON phải là danh sách các mục, như lệnh export ghi ra",
        "the JSON file must be a list of mappings, as export writes it",
        "xuất lại bằng lệnh export rồi sửa tệp đó",
        "write one with export, and change that",
    ),
    "list-sheet": _error("không có trang tính '{value}'", "there is no sheet '{value}'", *_ANY),
    "list-headings": _error(
        "không tìm thấy dòng tiêu đề cột",
        "no row of headings was found",
        "cần cột 'Tên sản phẩm' và ít nhất một cột khác như 'Chủ thể', 'Hạng sao'; chữ vỡ là do phông cũ (.VnTime): "
        "chuyển sang Unicode",
        "a column 'Product name' is needed, and another such as 'Producer' or 'Stars'; broken letters come from old "
        "fonts (.VnTime): convert them to Unicode",
    ),
    "list-column-unknown": _warning(
        "cột '{value}' không được đọc",
        "the column '{value}' is not read",
    ),
    "list-name-missing": _error(
        "dòng này không có tên sản phẩm",
        "this row has no product name",
        "viết tên sản phẩm, hoặc xóa cả dòng",
        "write the product's name, or delete the row",
    ),
    "list-formula": _error(
        "công thức trong ô bị lỗi: {value}",
        "the formula in this cell fails: {value}",
        "viết giá trị thay cho công thức",
        "write the value instead of the formula",
    ),
    "list-missing": _error(
        "thiếu {label_vi}",
        "{label_en} is missing",
        "điền vào ô, hoặc để trống cả những ô cùng loại của dòng này",
        "fill in the cell, or leave the row's cells of the same kind empty too",
    ),
    "list-text": _error(
        "'{key}' phải là chữ, không phải {value}",
        "'{key}' must be words, not {value}",
        "định dạng ô là Văn bản (Text) rồi gõ lại",
        "format the cell as Text and type it again",
    ),
    "list-number": _error(
        "'{key}' phải là số, không phải {value}",
        "'{key}' must be a number, not {value}",
        "chỉ viết số, như 84,5",
        "write only the number, as 84.5",
    ),
    "list-date": _error(
        "'{key}' phải là ngày, không phải {value}",
        "'{key}' must be a date, not {value}",
        "viết ngày/tháng/năm, như 26/04/2022{near_vi}",
        "write day/month/year, as 26/04/2022{near_en}",
    ),
    "list-price": _error(
        "'{key}' phải là một số tiền, không phải {value}",
        "'{key}' must be one amount of dong, not {value}",
        "viết một giá, như {near}",
        "write one price, as {near}",
    ),
    "list-phone": _error(
        "'{key}' không phải số điện thoại Việt Nam: {value}",
        "'{key}' is not a Vietnamese phone number: {value}",
        "di động 10 số, cố định 0227…; nhiều số thì cách nhau bằng dấu chấm phẩy",
        "a mobile has 10 digits, a landline is 0227…; part several with semicolons",
    ),
    "list-stars": _error(
        "'{key}' phải là 3, 4 hoặc 5, không phải {value}",
        "'{key}' must be 3, 4 or 5, not {value}",
        "dưới 3 sao không được công nhận, 'tiềm năng 5 sao' không phải 5 sao: bỏ dòng này hoặc ghi hạng đã có",
        "below 3 stars nothing is recognised, a potential 5-star is no 5: take the row out, or write the rank given",
    ),
    "list-gtin": _error(
        "'{key}' không phải mã GTIN 8, 12, 13 hoặc 14 chữ số: {value}",
        "'{key}' is not a GTIN of 8, 12, 13 or 14 digits: {value}",
        "định dạng ô là Văn bản (Text), chép lại dãy số dưới mã vạch",
        "format the cell as Text and copy the digits under the barcode",
    ),
    "list-choice": _error(
        "'{key}' phải là một trong: {choices_vi}; không phải {value}",
        "'{key}' must be one of {choices_en}; not {value}",
    ),
    "list-set-unknown": _warning(
        "không rõ bộ sản phẩm '{value}'",
        "the product set '{value}' is not known",
        "viết số từ 1 đến 26, xem classification.yml",
        "write a number from 1 to 26, see classification.yml",
    ),
    "list-place-unknown": _warning(
        "không tìm thấy địa phương '{value}'",
        "the place '{value}' was not found",
        "viết tên như trong places.yml, kèm huyện cũ hoặc tỉnh; xã chưa có trong bảng thì thêm vào places.yml",
        "write it as in places.yml, with the former district or the province; add a missing commune to places.yml",
    ),
    "list-ambiguous": _error(
        "nhiều sản phẩm cùng tên: {value}",
        "several products have this name: {value}",
        "thêm cột 'Chủ thể', hoặc cột 'Mã mục' với một trong các mã này",
        "add a column 'Producer', or a column 'Entry' with one of these ids",
    ),
    "list-row-twice": _warning(
        "sản phẩm này đã có ở dòng {row}",
        "this product is in row {row} already",
        "bỏ dòng thừa; dòng này không được ghi",
        "take out the one too many; this row is not written",
    ),
}
