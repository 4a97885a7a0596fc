"""What scripts know of every product, read back as a browser would read it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

from sites import (
    DATA,
    DRAWINGS,
    ONE,
    TODAY,
    Files,
    catalogue,
    desk,
    page_of,
    photo,
    planned,
    producer,
    product,
    stars,
    tiny_templates,
    with_policies,
)

from ocopgen import records as module
from ocopgen.cards import Desk
from ocopgen.edition import Edition
from ocopgen.gallery import Gallery
from ocopgen.plan import Look, lay_out
from ocopgen.recipe import Artifact, Plain
from ocopgen.records import records, records_path, script
from ocopgen.text import Lang

VI, EN = Lang("vi"), Lang("en")


def pushed(artifact: Artifact) -> dict[str, Any]:
    """What a file of records adds to its list."""
    assert isinstance(artifact.recipe, Plain)
    found = re.fullmatch(r"\(self\.(\w+) = self\.\1 \|\| \[\]\)\.push\((.*)\);\n", artifact.recipe.content.decode())
    assert found is not None
    told: dict[str, Any] = json.loads(found[2])
    return told


def told(files: Files = ONE, data: Files = DATA, **given: Any) -> dict[str, dict[str, Any]]:
    """Every file of records by its path."""
    desks = [desk(files, lang, data=data, **given) for lang in (VI, EN)]
    return {one.path: pushed(one) for one in records(desks)}


def test_each_language_has_a_file_of_words_and_one_of_numbers_at_addresses_that_never_change() -> None:
    paths = [f"{lang}/{name}.js" for lang in ("vi", "en") for name in ("records", "numbers")]
    assert list(told()) == paths
    assert [one.path for one in planned(catalogue()) if one.path in paths] == sorted(paths)
    assert records_path(lay_out(catalogue(), Look(tiny_templates(), TODAY)).editions[0], 2) == "vi/records-2.js"


def test_products_stand_in_vietnamese_order_and_are_called_as_the_edition_calls_them_and_as_others_do() -> None:
    files = {
        **ONE,
        page_of("products", "gao"): product("Gạo"),
        page_of("products", "gao").replace(".vi.", ".en."): "---\nname: Rice\n---\n",
        page_of("products", "an"): product("Ăn"),
        page_of("products", "do"): product("Đỗ"),
        page_of("products", "da"): product("Dạ"),
    }
    vi, en = (told(files)[f"{lang}/records.js"]["products"] for lang in ("vi", "en"))
    assert vi["name"] == ["Ăn", "Dạ", "Đỗ", "Gạo"]
    assert vi["id"] == ["an", "da", "do", "gao"]
    assert (vi["also"], vi["lang"]) == ({"3": ["Rice"]}, {})
    assert en["name"] == ["Ăn", "Dạ", "Đỗ", "Rice"]
    assert (en["also"], en["lang"]) == ({"3": ["Gạo"]}, {"0": "vi", "1": "vi", "2": "vi"})


def test_a_star_is_told_as_pages_tell_it_on_the_day_of_the_build() -> None:
    held = {page_of("products", "gao"): product(recognitions=[stars(4, "2024-01-31")])}
    for today, words in ((TODAY, "còn hiệu lực, sắp hết"), (date(2027, 1, 31), "hết hiệu lực")):
        files = told({**ONE, **held}, today=today)
        shard = files["vi/records.js"]
        assert shard["day"] == today.isoformat()
        assert [shard["seals"][one]["words"] for one in shard["products"]["seal"]] == [f"4\u00a0sao · {words}"]
        assert shard["seals"][0]["held"] is (today == TODAY)
        assert files["vi/numbers.js"]["products"]["day"] == [20240131]
    strict = told({**ONE, **held}, data=with_policies(current_only=True), today=date(2027, 1, 31))
    assert strict["vi/records.js"]["products"]["seal"] == [-1]
    assert strict["vi/numbers.js"]["products"] | {"whole": 0} == {
        "day": [0],
        "years": {},
        "price": {},
        "papers": {},
        "codes": {},
        "whole": 0,
    }


def test_a_product_is_whole_in_a_language_only_with_its_story_which_is_not_at_hand() -> None:
    english = page_of("products", "gao").replace(".vi.", ".en.")
    words = "---\nname: Rice\nsummary: White.\n---\n"
    for story, whole in (("", "0"), ("A story.\n", "1")):
        known = catalogue({**ONE, page_of("products", "gao"): product(body="Chuyện."), english: words + story})
        bare = replace(known, products=tuple(one.model_copy(update={"body": None}) for one in known.products))
        desks = [Desk(Edition(lang, bare, TODAY), Gallery(bare, DRAWINGS)) for lang in (VI, EN)]
        numbers = next(pushed(one) for one in records(desks) if one.path == "en/numbers.js")
        assert numbers["products"]["whole"] == {"vi": "1", "en": whole}


def test_numbers_that_somebody_may_have_in_hand_are_told_and_the_lowest_price() -> None:
    packs = [{"price": 90_000, "gtin": "8938505974194"}, {"price": 50_000}, {}]
    facts = {
        "packs": packs,
        "code": "34-117-2024",
        "certificates": [{"name": "VietGAP", "number": "VG 1"}, {"name": "ISO 22000", "to": TODAY}],
        "recognitions": [stars(4, "2024-01-31")],
    }
    files = told({**ONE, page_of("products", "gao"): product(**facts)})
    words, numbers = files["vi/records.js"], files["vi/numbers.js"]
    assert numbers["products"]["price"] == {"0": 50_000}
    assert numbers["products"]["codes"] == {"0": ["8938505974194", "34-117-2024", "VG 1"]}
    assert [numbers["papers"][one] for one in numbers["products"]["papers"]["0"]] != []
    assert words["certificates"][words["products"]["certificates"][0]] == ["VietGAP"], "what ended is no choice"


def test_prices_of_alcohol_are_told_only_where_the_office_allows_them() -> None:
    wine = {page_of("products", "gao"): product(set=14, alcohol=29, packs=[{"price": 90_000}])}
    assert told({**ONE, **wine})["vi/numbers.js"]["products"]["price"] == {}
    allowed = told({**ONE, **wine}, data=with_policies(alcohol_prices=True))
    assert allowed["vi/numbers.js"]["products"]["price"] == {"0": 90_000}


def test_a_photo_is_told_by_its_smallest_file_that_every_browser_reads_and_a_drawing_by_the_set() -> None:
    shard = told(photos=[photo("products/gao/hop.jpg")])["vi/records.js"]
    before, after = shard["pictures"][0].split("*")
    pages = {one.path for one in planned(catalogue(photos=[photo("products/gao/hop.jpg")]))}
    assert before + shard["products"]["picture"]["0"] + after in pages
    assert "-400-" in shard["products"]["picture"]["0"]
    drawn = told()["vi/records.js"]
    assert drawn["products"]["picture"] == {}
    assert drawn["sets"][drawn["products"]["set"][0]]["picture"].endswith(".svg")


def test_many_products_lie_in_several_files_of_which_the_first_tells_how_many(monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "SHARD", 2)
    files = {**ONE, **{page_of("products", f"p{one}"): product(f"P {one}") for one in range(4)}}
    found = told(files)
    names = [found[f"vi/records{one}.js"]["products"]["name"] for one in ("", "-2", "-3")]
    assert list(map(len, names)) == [2, 2, 1]
    assert (found["vi/records.js"]["total"], found["vi/records.js"]["shards"]) == (5, 3)
    assert [found[f"vi/numbers{one}.js"]["shard"] for one in ("", "-2", "-3")] == [1, 2, 3]


def test_a_maker_without_products_is_told_in_the_first_file() -> None:
    files = {**ONE, page_of("producers", "binh"): producer("Hợp tác xã Bình")}
    shard = told(files)["vi/records.js"]
    assert [one["name"] for one in shard["idle"]] == ["Hợp tác xã Bình"]
    assert [one["id"] for one in shard["makers"]] == ["an"]


def test_words_can_end_no_script_and_no_line_of_one() -> None:
    words = "</script><!--\u2028\u2029"
    assert json.loads(script("x", {"a": words}).partition("push(")[2].removesuffix(");\n")) == {"a": words}
    assert not re.search("[<\u2028\u2029]", script("x", {"a": words}))
    files = {**ONE, page_of("products", "gao"): product(words.replace("\u2028\u2029", ""))}
    assert told(files)["vi/records.js"]["products"]["name"] == ["</script><!--"]


def test_what_is_told_does_not_depend_on_the_address_of_the_site() -> None:
    one = lay_out(catalogue(), Look(tiny_templates(), TODAY)).editions[0]
    assert records_path(one) == records_path(replace(one, base_url="https://ocop.example/"))
