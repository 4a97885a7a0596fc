"""Small catalogues by chance, for hypothesis: few entries, but of every kind and in every way bound to each other."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st
from sites import Files, entry, page_of, png, producer, product, read_yaml, stars

IDS = "a", "b", "c", "d"
RECOGNITIONS: tuple[list[dict[str, object]], ...] = (
    [],
    [stars(4, year=2025)],
    [stars(3, date(2023, 11, 24))],
    [stars(5, date(2025, 6, 26)), stars(4, date(2022, 4, 26), year=2021)],
    [{"stars": 4, "year": 2022, "evidence": "press"}],
    [stars(4, withdrawn={"date": date(2026, 2, 1), "source": {"title": "x"}})],
)
PLACES: tuple[dict[str, str] | None, ...] = (
    None,
    {"district": "dong-hung"},
    {"commune": "thuy-ninh", "district": "thai-thuy"},
)
BODIES = "", "Chuyện *ngắn*.", "Xem [họ](../../producers/p/).", "![Ảnh](a.png) và [trang](../../pages/x/)."


@cache
def picture(width: int) -> bytes:
    return png(width, 400)


@st.composite
def one_product(draw: st.DrawFn, key: str) -> dict[str, str | bytes]:
    """The files of one product: its words, perhaps its English words and a photo."""
    number = draw(st.sampled_from((3, 10, 14, 26)))
    facts: dict[str, object] = {
        "name": draw(st.sampled_from(("Gạo", "Nếp", "Ấm chè", "Đậu", "gạo"))),
        "producer": draw(st.sampled_from("pq")),
        "set": number,
        "recognitions": draw(st.sampled_from(RECOGNITIONS)),
        "place": draw(st.sampled_from(PLACES)),
        "draft": draw(st.integers(0, 5)) == 0,
        "was": draw(st.sampled_from(([], [f"old-{key}"]))),
        "related": draw(st.sampled_from(([], [], ["a"], ["d", "b"]))),
        "outlets": draw(st.sampled_from(([], ["o"]))),
        "packs": [{"label": "Hộp", "price": draw(st.sampled_from((1000, 2000)))}],
    }
    if number == 14:
        facts["alcohol"] = 29.5
    body = draw(st.sampled_from(BODIES))
    files: dict[str, str | bytes] = {page_of("products", key): product(body=body, **facts)}
    if draw(st.booleans()):
        files[f"products/{key}/index.en.md"] = entry(name=draw(st.sampled_from(("Rice", "Tea"))))
    if "a.png" in body:
        files[f"products/{key}/a.png"] = picture(draw(st.sampled_from((810, 820))))
    return files


@st.composite
def contents(draw: st.DrawFn) -> dict[str, str | bytes]:
    """A small catalogue: two producers, a page, and any of a few products, news and outlets."""
    files: dict[str, str | bytes] = {
        page_of("producers", "p"): producer("Hợp tác xã P", kind=draw(st.sampled_from(("cooperative", "household")))),
        page_of("producers", "q"): producer("Q", kind="unknown", phones=["0912345678"]),
        page_of("pages", "x"): entry(name="X", summary="…", order=draw(st.sampled_from((1, 2)))),
    }
    for key in draw(st.sets(st.sampled_from(IDS))):
        files |= draw(one_product(key))
    if draw(st.booleans()):
        files[page_of("news", "n")] = entry(name="N", summary="…", date=date(2026, 1, draw(st.sampled_from((1, 2)))))
    if draw(st.booleans()):
        files[page_of("outlets", "o")] = entry(name="O", place={"district": "dong-hung"})
    return sound(files)


def sound(files: Files) -> dict[str, str | bytes]:
    """The files, in which products name only what is there."""
    found = dict(files)
    for path, text in files.items():
        if isinstance(text, str) and path.startswith("products/") and path.endswith("index.vi.md"):
            _, facts, body = text.split("---\n", 2)
            said = read_yaml(facts)
            for name, kind in (("related", "products"), ("outlets", "outlets")):
                said[name] = [one for one in said[name] if page_of(kind, one) in files]
            found[path] = entry(body, **said)
    return found


def texts(files: Files) -> Files:
    """Files without pictures, whose names are then not in the stories' folders."""
    return {path: text for path, text in files.items() if isinstance(text, str)}
