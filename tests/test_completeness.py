"""How complete entries are: weights of what is done, the best step first, the least complete entry first."""

from __future__ import annotations

from making import IN_ENGLISH, PRODUCER, PRODUCT, STORY, a_book, a_photo, a_producer, a_product, an_entry

from ocopgen.completeness import Completeness, completeness
from ocopgen.coverage import coverage
from ocopgen.photo import PhotoFile
from ocopgen.steps import BY_ID


def judged(*photos: PhotoFile, **files: str | None) -> dict[str, Completeness]:
    book = a_book(*photos, **files)
    return {one.key: one for one in completeness(book, coverage(book))}


def garlic(*lines: str, photos: tuple[PhotoFile, ...] = (), body: str = "", en: str | None = None) -> Completeness:
    return judged(*photos, **{PRODUCT: a_product(*lines, body=body), IN_ENGLISH: en})["products/toi-den"]


DECIDED = "recognitions: [{stars: 4, decision: {number: 1/QĐ-UBND, date: 2025-01-10}}]"


def test_the_best_next_step_is_the_first_of_the_table_that_is_not_done() -> None:
    assert garlic().todo[:3] == ("decision", "photo", "story")
    photo = (a_photo("products/toi-den/a.jpg"),)
    assert garlic(DECIDED, photos=photo).todo[0] == "story"
    assert garlic(DECIDED, photos=photo, body=STORY).todo[:2] == ("english", "english-story")


def test_a_decision_without_its_number_or_only_proposed_is_none() -> None:
    assert "decision" in garlic("recognitions: [{stars: 4, decision: {date: 2025-01-10}}]").todo
    assert "decision" in garlic("recognitions: [{stars: 4, evidence: proposed}]").todo
    assert "decision" in garlic(DECIDED).done


def test_a_price_counts_with_its_day_only() -> None:
    assert "price" in garlic("packs: [{price: 50000}]").todo
    assert "price" in garlic("packs: [{quantity: 1 kg}, {price: 50000, priced: 2026-10-01}]").done


def test_either_of_two_fields_will_do() -> None:
    for line in ("trace: {code: TX1}", 'trace: {url: "https://example.vn/t"}'):
        assert "trace" in garlic(line).done
    assert "trace" in garlic("trace: {}").todo


def test_english_is_done_where_nothing_waits_for_it() -> None:
    found = garlic("usage: Ăn ngay", body=STORY, en=an_entry(name="Garlic", summary="Aged.", body="A story.\n"))
    assert {"english", "english-story"} <= set(found.done)
    assert "english-label" in found.todo


def test_the_per_cent_are_those_of_the_weights_and_full_marks_only_for_all() -> None:
    found = garlic(DECIDED)
    steps = BY_ID["products"]
    done, whole = (sum(steps[one].weight for one in ids) for ids in (found.done, (*found.done, *found.todo)))
    assert found.percent == 100 * done // whole
    assert 0 < found.percent < 100


FULL = (
    DECIDED,
    'packs: [{quantity: 200 g, price: 50000, priced: 2026-10-01, gtin: "8930000000002"}]',
    "trace: {code: TX1}",
    "usage: Ăn ngay",
    "storage: Nơi khô",
    "ingredients: Tỏi",
    "shelf_life: 12 months",
    "channels: [{kind: shop, name: Chợ}]",
    "certificates: [{name: VietGAP}]",
    "code: T-1",
    "updated: 2026-11-01",
)


def test_an_entry_with_every_step_done_is_whole() -> None:
    words = an_entry(
        "usage: Eat", "storage: Dry", "ingredients: Garlic", name="Garlic", summary="Aged.", body="Story.\n"
    )
    found = garlic(*FULL, photos=(a_photo("products/toi-den/a.jpg"),), body=STORY, en=words)
    assert (found.percent, found.todo) == (100, ())
    almost = garlic(*FULL[:-1], photos=(a_photo("products/toi-den/a.jpg"),), body=STORY, en=words)
    assert (almost.percent, almost.todo) == (96, ("updated",))


def test_a_household_is_asked_for_its_consent_and_a_maker_for_its_kind() -> None:
    def steps(kind: str) -> set[str]:
        return set(judged(**{PRODUCER: a_producer(kind=kind)})["producers/truong-an"].todo)

    assert {"consent", "kind"} & steps("household") == {"consent"}
    assert {"consent", "kind"} & steps("cooperative") == set()
    assert {"consent", "kind"} & steps("unknown") == {"consent", "kind"}


def test_the_least_complete_entry_of_a_kind_is_first() -> None:
    files = {f"products/{one}/index.vi.md": a_product(*lines, name=one) for one, lines in (("a", FULL), ("b", ()))}
    found = list(judged(**files, **{PRODUCT: None, IN_ENGLISH: None}))
    assert found == ["products/b", "products/a", "producers/truong-an"]
