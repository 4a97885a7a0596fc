"""What a reviewer reads: both languages, forms of values, limits, and words of others that stay words."""

from __future__ import annotations

import re
from dataclasses import replace

from making import IN_ENGLISH, PLACES, PRODUCER, PRODUCT, STRINGS, a_content, a_photo, a_product, an_entry
from sites import DATA

from ocopgen.catalogue import Content
from ocopgen.differences import Differences, Files, compare
from ocopgen.model import KINDS
from ocopgen.review import ENTRIES, LINES, PAGES, WORDS, markdown

WORDED = {"strings.yml": DATA["strings.yml"]}
"""Forms of values need the words of the interface."""


def review(pages: Files | None = None, before: str = a_product(), **after: str | bytes | None) -> str:
    old = a_content(**WORDED, **{PRODUCT: before})
    return markdown(compare(old, a_content(**WORDED, **{PRODUCT: before, **after})), pages)


def vietnamese(whole: str) -> str:
    return whole.partition("\n<details>")[0]


def english(whole: str) -> str:
    return whole.partition("<details><summary>English</summary>\n")[2].removesuffix("\n</details>\n")


def lines(whole: str) -> list[str]:
    return [line[2:] for line in vietnamese(whole).split("\n") if line.startswith("- ")]


# --- words ------------------------------------------------------------------------------------------------


def test_where_nothing_differs_it_says_so_in_both_languages() -> None:
    whole = review()
    assert vietnamese(whole) == "## Sửa đổi này làm gì\n\nNội dung không có gì khác.\n"
    assert english(whole) == "\n## What this change does\n\nNothing differs in the content.\n"


def test_a_price_is_told_by_its_names_and_in_the_forms_of_each_language() -> None:
    packs = "packs: [{label: Hộp, price: %d, priced: 2026-10-0%d}]"
    whole = review(before=a_product(packs % (250000, 1)), **{PRODUCT: a_product(packs % (260000, 2))})
    assert lines(whole) == [
        r"Bao gói 1 › Giá tham khảo \(đồng\): 250\.000 → **260\.000**",
        r"Bao gói 1 › Ngày báo giá: 01\/10\/2026 → **02\/10\/2026**",
    ]
    assert r"Packs 1 › Reference price \(dong\): 250\,000 → **260\,000**" in english(whole)
    assert r"1 October 2026 → **2 October 2026**" in english(whole)


def test_every_kind_of_value_has_its_form() -> None:
    facts = (
        "draft: true",
        "shelf_life: 12 tháng",
        "season: [9, 10]",
        "alcohol: 29.5",
        "packs: [{label: Hộp, quantity: 200 g}]",
        "certificates: [{name: VietGAP, from: 2025-01-10}]",
        "sources: [{title: Báo, date: 2025-03}]",
    )
    assert lines(review(**{PRODUCT: a_product(*facts)})) == [
        "Nguồn 1: **Tên nguồn\\: Báo\\, Ngày\\: 03\\/2025**",
        "Bản nháp: không → **có**",
        "Bao gói 1: **Bao gói\\: Hộp\\, Khối lượng tịnh\\: 200 g**",
        "Hàm lượng etanol: **29\\,5**",
        "Hạn sử dụng: **12 tháng**",
        "Mùa vụ: **9\\; 10**",
        "Chứng nhận 1: **Tên chứng nhận\\: VietGAP\\, Từ ngày\\: 10\\/01\\/2025**",
    ]


def test_a_choice_is_told_in_words() -> None:
    press, paper = (
        f"recognitions: [{{stars: 3, evidence: {how}, criteria: QD148-2023}}]" for how in ("press", "decision")
    )
    (told,) = lines(review(before=a_product(press), **{PRODUCT: a_product(paper)}))
    assert told.startswith("Các lần công nhận 1 › Căn cứ: ")
    assert "press" not in told
    assert "Bộ tiêu chí năm 2023" in lines(review(**{PRODUCT: a_product(press)}))[0]


def test_without_the_words_of_the_interface_values_are_told_as_they_are_written() -> None:
    for strings in (STRINGS, "["):
        bare = {"strings.yml": strings}
        after = a_content(**bare, **{PRODUCT: a_product("updated: 2026-10-01", "shelf_life: 12 months")})
        told = lines(markdown(compare(a_content(**bare), after)))
        assert told[0] == r"Ngày cập nhật: **2026\-10\-01**"


def test_words_and_stories_are_told_with_the_name_of_their_language() -> None:
    told = lines(review(**{IN_ENGLISH: an_entry(name="Garlic", summary="Slowly aged garlic.", body="Told anew.")}))
    assert told == ["Tên (tiếng Anh): Black garlic → **Garlic**", "Câu chuyện (tiếng Anh): 5 → 2 chữ"]


def test_entries_are_told_in_the_order_in_which_they_matter() -> None:
    new, other = "products/toi-trang/index.vi.md", "producers/khac/index.vi.md"
    changed = {PRODUCER: an_entry(name="HTX", kind="farm", place="{district: thai-thuy}")}
    gone = {PRODUCT: None, IN_ENGLISH: None}
    moved = {other: an_entry("was: [truong-an]", name="HTX Mới", kind="farm", place="{district: thai-thuy}")}
    whole = review(**{new: a_product(name="Tỏi trắng")}, **changed, **gone)
    assert re.findall(r"^### (.*)", vietnamese(whole), re.MULTILINE) == [
        "Thêm sản phẩm: Tỏi trắng",
        "Sửa chủ thể: HTX",
        "Bỏ sản phẩm: Tỏi đen",
    ]
    assert "Thêm: 1 · Sửa: 1 · Bỏ: 1\n" in whole
    assert "Added: 1 · Changed: 1 · Removed: 1\n" in whole
    assert "mã QR đã in" in lines(whole)[-1]
    assert lines(review(**{PRODUCER: None}, **moved))[0].startswith(r"Tên cũ: producers\/truong\-an.")


def test_stars_that_change_are_told_at_the_top() -> None:
    whole = review(**{PRODUCT: a_product("recognitions: [{stars: 4, year: 2025}]")})
    assert whole.index("⭐ **Thông tin hạng sao thay đổi** ở: Tỏi đen.") < whole.index("###")
    assert "⭐" not in review(**{PRODUCT: a_product("tags: [a]")})


def test_errors_and_changes_of_form_alone_are_told() -> None:
    assert lines(review(**{PRODUCT: "---\nname: ["})) == ["Chưa so được vì tệp có lỗi: xem phần kiểm tra."]
    assert lines(review(**{IN_ENGLISH: an_entry(set=1)}))[0] == "Mục này còn lỗi: xem phần kiểm tra."
    assert lines(review(**{PRODUCT: a_product("# lời dặn")})) == ["Chỉ khác cách trình bày trong tệp."]
    told = vietnamese(review(**{"places.yml": PLACES + "# x\n", "classification.yml": "["}))
    assert "- places\\.yml\n  - Chỉ khác cách trình bày" in told
    assert "- classification\\.yml\n  - Chưa so được" in told
    assert "Dữ liệu chung: 2\n" in told


def test_photos_and_strangers_are_told_by_name() -> None:
    after = replace(a_content(a_photo("products/toi-den/hộp 1.jpg"), **WORDED), strangers=("x.exe",))
    whole = markdown(compare(a_content(a_photo("products/toi-den/b.jpg"), **WORDED), after))
    assert lines(whole) == [r"Ảnh: thêm hộp 1\.jpg", r"Ảnh: bỏ b\.jpg", r"x\.exe"]


def test_each_kind_of_entry_has_a_name() -> None:
    everything = {f"{kind}/x/index.vi.md": "x" for kind in KINDS}
    heads = re.findall(r"^### (Thêm|Added) (.*): x", review(**everything), re.MULTILINE)
    assert len(heads) == 2 * len(KINDS)


# --- pages of the site ------------------------------------------------------------------------------------


def test_pages_are_told_by_their_addresses_those_in_vietnamese_first() -> None:
    pages = Files(("en/a/index.html", "vi/a/index.html"), (), ("404.html", "style.1.css", "vi/index.html"))
    assert lines(review(pages)) == [
        r"Sửa: vi\/",
        r"Sửa: 404\.html",
        r"Thêm: vi\/a\/",
        r"Thêm: en\/a\/",
        "1 tệp khác (ảnh, phông chữ, định dạng)",
    ]
    assert lines(review(Files())) == ["Không trang nào khác."]


def test_of_many_pages_some_are_named_and_all_are_counted() -> None:
    many = Files(changed=tuple(f"vi/{number:03}/index.html" for number in range(100)), added=("vi/z/index.html",))
    told = lines(review(many))
    assert len(told) == PAGES + 1
    assert told[-1] == f"… và {101 - PAGES} trang nữa"


# --- limits -----------------------------------------------------------------------------------------------


def test_a_long_value_is_cut() -> None:
    (told,) = lines(review(**{PRODUCT: a_product(f"usage: {'dài ' * 500}")}))
    assert len(told) < WORDS + 60
    assert told.endswith("…**")


def test_of_many_lines_some_are_shown_and_the_others_counted() -> None:
    awards = ", ".join(f"Giải {number}" for number in range(200))
    told = lines(review(**{PRODUCT: a_product(f"awards: [{awards}]")}))
    assert len(told) == LINES + 1
    assert told[-1] == f"… và {200 - LINES} dòng nữa"


def test_what_does_not_fit_is_counted_in_both_languages_within_the_room() -> None:
    many = {f"products/p{number}/index.vi.md": a_product(name=f"Tỏi {number}") for number in range(ENTRIES)}
    found = compare(a_content(**WORDED), a_content(**WORDED, **many))
    for room in (2_000, 20_000, 1 << 20):
        whole = markdown(found, room=room)
        assert len(whole.encode()) <= room
        shown = len(re.findall("^### Thêm", whole, re.MULTILINE))
        assert (f"… và {ENTRIES - shown} phần nữa" in whole) is (shown < ENTRIES)
        assert whole.endswith("\n</details>\n")


def test_of_very_many_entries_the_first_are_told_and_the_others_counted() -> None:
    many = {f"products/p{number:03}/index.vi.md": a_product(name=f"Tỏi {number}") for number in range(ENTRIES + 7)}
    whole = vietnamese(review(**many))
    assert len(re.findall("^### Thêm", whole, re.MULTILINE)) == ENTRIES
    assert f"Thêm: {ENTRIES + 7}" in whole
    assert "… và 7 mục nữa" in whole


# --- words of others --------------------------------------------------------------------------------------

EVIL = (
    "@admin #1 [x](https://evil.example) ![x](//evil.example/x.png) <img src=x onerror=alert(1)> `|` **x** "
    "</details> <!-- ::error::x ##[error]x https://evil.example www.evil.example | a | {n} {names}"
)


def test_words_of_others_are_words_wherever_they_stand() -> None:
    quoted = EVIL.replace("`", "'").replace('"', "'")
    after: Content = a_content(
        a_photo(f"products/toi-den/{EVIL.replace('/', '')}.jpg"),
        **WORDED,
        **{
            PRODUCT: a_product(f'tags: ["{quoted}"]', f'usage: "{quoted}"', name=f'"{quoted}"', producer="x"),
            f"products/{EVIL.replace('/', '')}/index.vi.md": a_product(name=f'"{quoted}"'),
            "products/x\n::error::y\n# z/index.vi.md": a_product(name='"a\\n\\n# b"'),
        },
    )
    after = replace(after, strangers=(EVIL, "\n# x\n- y"))
    whole = markdown(compare(a_content(**WORDED), after), Files(added=(f"vi/{EVIL}/index.html", "vi/\n# x.html")))
    for ours in ("<details><summary>English</summary>", "\n</details>", "\n###", "\n##", "`was`"):
        whole = f"\n{whole}".replace(ours, "")
    assert re.findall(r"(?<!\\)[@`|#<!\]]|https:|www\.", whole) == []
    assert not [line for line in whole.split("\n") if line.lstrip().startswith("::")]


def test_without_any_data_file_it_still_tells() -> None:
    assert "Nội dung không có gì khác" in markdown(Differences((), (), ()))
