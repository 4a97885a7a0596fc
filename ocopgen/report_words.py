"""The words of the report, Vietnamese and English side by side, and how it says what many of its pages say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ocopgen.edition import Edition
from ocopgen.model import Contact
from ocopgen.text import Lang, Phrase, Text

LANGS = Lang("vi"), Lang("en")
"""The languages of the report: those of the office, whatever languages the site has."""

_WORDS: Mapping[str, tuple[str, str]] = {
    # --- the frame
    "report": ("Báo cáo nội bộ", "Internal report"),
    "menu": ("Các phần của báo cáo", "Parts of the report"),
    "skip": ("Đến nội dung chính", "Skip to the content"),
    "this_language": ("Tiếng Việt", "English"),
    "overview": ("Tổng quan", "Overview"),
    "translation": ("Bản dịch", "Translation"),
    "renewals": ("Hiệu lực công nhận", "Recognitions"),
    "completeness": ("Độ đầy đủ", "Completeness"),
    "evidence": ("Phiếu minh chứng", "Evidence sheets"),
    "as_of": ("Tính đến ngày", "As of"),
    "not_public": (
        "Tài liệu làm việc của ban biên tập, không đăng công khai.",
        "A working paper of the editors, not for publication.",
    ),
    "with_drafts": ("Có cả bản nháp.", "Drafts are included."),
    "draft": ("bản nháp", "draft"),
    "read_json": ("Toàn bộ số liệu (JSON)", "All figures (JSON)"),
    "dash": ("—", "—"),
    # --- kinds of entries
    "kind_products": ("Sản phẩm", "Products"),
    "kind_producers": ("Chủ thể", "Producers"),
    "kind_outlets": ("Điểm bán", "Points of sale"),
    "kind_news": ("Tin tức", "News"),
    "kind_pages": ("Trang riêng", "Pages"),
    # --- overview
    "urgent": ("Việc gấp nhất", "Most urgent"),
    "nothing_urgent": (
        "Không có công nhận nào hết hiệu lực trong 180 ngày tới.",
        "No recognition ends within the next 180 days.",
    ),
    "tile_ending": ("công nhận hết hiệu lực trong 180 ngày", "recognitions end within 180 days"),
    "tile_closed": (
        "đã quá hạn nộp hồ sơ: {closed}; chưa có số, ngày quyết định: {unknown}",
        "filing window closed: {closed}; no decision number or date: {unknown}",
    ),
    "tile_translated": ("chữ đã dịch ({lang})", "of the words are translated ({lang})"),
    "tile_waiting": (
        "còn thiếu: {missing}; cũ hơn bản gốc: {stale}",
        "missing: {missing}; older than the original: {stale}",
    ),
    "tile_complete": ("độ đầy đủ bình quân của sản phẩm", "average completeness of the products"),
    "tile_whole": ("đã đủ mọi bước: {n}", "with every step done: {n}"),
    "tile_sheets": ("phiếu minh chứng, mỗi chủ thể một phiếu", "evidence sheets, one a producer"),
    "empty_catalogue": ("Danh mục chưa có mục nào.", "The catalogue has no entries yet."),
    # --- translation
    "translation_lead": (
        "Bản dịch cũ là bản dịch có ngày đối chiếu ('translated' trong tệp dịch) sớm hơn ngày cập nhật của mục. "
        "Tệp dịch không ghi ngày thì không biết cũ hay mới: tính là chưa rõ.",
        "A translation is stale where the day of its comparison ('translated' in the translation's file) is "
        "earlier than "
        "the entry's update. Without that day nobody can know: it is told as not known.",
    ),
    "no_other_language": ("Trang chỉ có một ngôn ngữ.", "The site has one language only."),
    "by_field": ("Theo từng trường", "By field"),
    "field": ("Trường", "Field"),
    "with_words": ("Có chữ", "With words"),
    "state_translated": ("Đã dịch", "Translated"),
    "state_stale": ("Cũ", "Stale"),
    "state_undated": ("Chưa rõ", "Not known"),
    "state_missing": ("Thiếu", "Missing"),
    "state_absent": ("Không có chữ", "No words"),
    "to_translate": ("Mục cần dịch hoặc đối chiếu lại", "Entries to translate or compare again"),
    "all_translated": ("Không mục nào thiếu hay cũ.", "No entry is missing words or stale."),
    "entry": ("Mục", "Entry"),
    "missing_fields": ("Còn thiếu", "Missing"),
    "age": ("Đối chiếu", "Compared"),
    "age_translated": ("ngày {compared}", "on {compared}"),
    "age_stale": ("ngày {compared}, bản gốc sửa ngày {updated}", "on {compared}, the original changed on {updated}"),
    "age_undated": ("chưa rõ", "not known"),
    "age_absent": ("chưa có bản dịch", "no translation yet"),
    "data_files": ("Chữ của giao diện và tệp dữ liệu", "Words of the interface and data files"),
    "data_file": ("Tệp", "File"),
    "texts": ("Số câu chữ", "Texts"),
    "show_missing": ("Còn thiếu", "Missing"),
    # --- recognitions
    "renewals_lead": (
        "Giấy chứng nhận có hiệu lực 36 tháng. Hồ sơ công nhận lại nộp trong khoảng từ 180 đến 120 ngày trước ngày hết "
        "hiệu lực (Quyết định 26/2026/QĐ-TTg, điều 7).",
        "A certificate is in effect for 36 months. The file for renewal goes in between 180 and 120 days "
        "before its end "
        "(Decision 26/2026/QĐ-TTg, article 7).",
    ),
    "no_renewals": ("Chưa sản phẩm nào có công nhận.", "No product has a recognition yet."),
    "stage": ("Tình trạng", "Standing"),
    "stage_count": ("Sản phẩm", "Products"),
    "stage_filing-closed": ("Sắp hết hiệu lực, đã quá hạn nộp hồ sơ", "Ending, filing window closed"),
    "stage_filing-open": ("Đang trong hạn nộp hồ sơ", "Filing window open"),
    "stage_extended": ("Được kéo dài hiệu lực", "Extended"),
    "stage_ended": ("Hết hiệu lực", "Ended"),
    "stage_unknown": ("Chưa có số, ngày quyết định", "No decision number or date"),
    "stage_withdrawn": ("Đã thu hồi", "Withdrawn"),
    "stage_valid": ("Còn hiệu lực trên 180 ngày", "In effect for more than 180 days"),
    "product": ("Sản phẩm", "Product"),
    "decision": ("Quyết định", "Decision"),
    "ends": ("Hết hiệu lực từ", "Ends on"),
    "days_left": ("Còn", "Left"),
    "days": ("{n}\u00a0ngày", "{n}\u00a0days"),
    "one_day": ("1\u00a0ngày", "1\u00a0day"),
    "today": ("hôm nay", "today"),
    "days_ago": ("đã {days}", "{days} ago"),
    "window": ("Hạn nộp hồ sơ", "Filing window"),
    "from_to": ("{opens} – {closes}", "{opens} – {closes}"),
    "withheld": ("chưa có đồng ý công bố nên không ghi: {what}", "left out, no consent to publish: {what}"),
    "withheld_phones": ("điện thoại", "phone"),
    "withheld_address": ("địa chỉ", "address"),
    "withheld_email": ("thư điện tử", "e-mail"),
    # --- completeness
    "completeness_lead": (
        "Mỗi bước có trọng số theo ích lợi cho chương trình; chỉ tính những bước hợp với bộ sản phẩm. Điểm "
        "ghi theo phụ "
        "lục II Quyết định 26/2026/QĐ-TTg và do hội đồng chấm.",
        "Each step weighs by its use to the programme; only steps that make sense for the product set count. "
        "Points are "
        "those of appendix II of Decision 26/2026/QĐ-TTg and are the council's to give.",
    ),
    "average": ("bình quân {percent}", "average {percent}"),
    "percent": ("Đầy đủ", "Complete"),
    "next_step": ("Bước tiếp theo nên làm", "Best next step"),
    "worth": ("tiêu chí {code}: tối đa {points} điểm", "criterion {code}, points at most: {points}"),
    "worth_elsewhere": ("{worth}, đọc ở bộ 7", "{worth}, as read for set 7"),
    "later_steps": ("Sau đó", "Then"),
    "more_steps": ("và {n} bước nữa", "and {n} more"),
    "all_done": ("Đã đủ mọi bước.", "Every step is done."),
    # --- evidence
    "evidence_lead": (
        "Mỗi chủ thể một phiếu để in, liệt kê những gì danh mục chứng minh được cho từng tiêu chí và những "
        "gì còn thiếu.",
        "One sheet to print for each producer: what the catalogue can show for each criterion, and what is missing.",
    ),
    "producer": ("Chủ thể", "Producer"),
    "sheet": ("Phiếu minh chứng", "Evidence sheet"),
    "sheet_is": (
        "Phiếu này do danh mục lập ra để kèm báo cáo tự đánh giá. Phiếu không phải biểu mẫu chính thức và "
        "không cho điểm: "
        "điểm do hội đồng chấm.",
        "The catalogue made this sheet to go with the self-assessment report. It is no official form and "
        "awards no points: "
        "those are the council's to give.",
    ),
    "sheet_source": ("Tiêu chí theo", "The criteria are those of"),
    "sheet_no_address": (
        "Chưa khai địa chỉ công khai của trang, nên dưới đây chỉ ghi đường dẫn (khai ở 'address' trong site.yml).",
        "The site's public address is not given, so only paths are listed (it goes to 'address' in site.yml).",
    ),
    "sheet_no_products": (
        "Danh mục chưa có sản phẩm nào của chủ thể này.",
        "The catalogue has no product of this producer yet.",
    ),
    "registered_name": ("Tên đăng ký", "Registered name"),
    "kind": ("Loại hình", "Kind"),
    "place": ("Địa phương", "Place"),
    "now_part_of": ("nay thuộc", "now part of"),
    "contact": ("Liên hệ", "Contact"),
    "pages": ("Trang trong danh mục", "Pages in the catalogue"),
    "updated": ("Ngày cập nhật", "Updated"),
    "set": ("Bộ sản phẩm", "Product set"),
    "set_named": ("{n}. {name}", "{n}. {name}"),
    "code": ("Mã số sản phẩm", "Product code"),
    "recognised": ("Công nhận", "Recognition"),
    "not_recorded": ("chưa ghi", "not recorded"),
    "criterion": ("Tiêu chí", "Criterion"),
    "points_most": ("tối đa {points} điểm", "points at most: {points}"),
    "proof": ("Minh chứng", "Evidence"),
    "have": ("Danh mục có", "The catalogue has"),
    "lack": ("Còn thiếu", "Missing"),
    "beyond": ("Danh mục không biết, tự bổ sung", "The catalogue cannot know; add yourself"),
    "as_in_set_7": ("đọc ở bộ 7; đối chiếu với bộ {n}", "as read for set 7; check the sheet of set {n}"),
    "nothing": ("chưa có gì", "nothing yet"),
    "other_papers": ("Giấy tờ khác", "Other papers"),
    "no_other_papers": ("chưa ghi chứng nhận, giải thưởng nào", "no certificates or awards are recorded"),
    "ended": ("đã hết hạn", "ended"),
}


def words(lang: Lang) -> dict[str, str]:
    """All words of the report in one of its languages."""
    return {key: pair[LANGS.index(lang)] for key, pair in _WORDS.items()}


@dataclass(frozen=True)
class Reporter:
    """Says things in one of the report's languages: the forms of numbers and days are those of the site's edition."""

    edition: Edition

    @property
    def lang(self) -> Lang:
        return self.edition.lang

    @cached_property
    def words(self) -> dict[str, str]:
        """All words of the report, for templates."""
        return words(self.lang)

    def tell(self, key: str, **filled: object) -> str:
        """Words of the report."""
        return self.words[key].format(**filled)

    def own(self, said: str | None) -> Phrase:
        """Words as a contributor wrote them, in the site's first language; or that there are none."""
        if said is None:
            return Phrase(self.tell("not_recorded"))
        return Text.of({self.edition.catalogue.site.languages[0]: said}).on_page(self.lang)

    def phrase(self, said: Text | str) -> Phrase:
        """A text in this language; what is the same in every language as it is."""
        return Phrase(said) if isinstance(said, str) else self.edition.phrase(said)

    def percent(self, number: int) -> str:
        return f"{number}%"

    def withheld(self, what: Iterable[Contact]) -> str:
        """Which contacts are left out for want of consent; empty where none are."""
        named = ", ".join(self.tell(f"withheld_{one}") for one in what)
        return self.tell("withheld", what=named) if named else ""
