"""Makes synthetic catalogues of any size, for measuring: the same seed gives the same text, and photos of one scene.

    python bench/catalogue.py FOLDER [-n 112] [--photos 2] [--photo-pool K] [--form content] [--content content]

A product has two stories of some 250 words, each with headings, lists, a table and a quotation; a producer has 1.7
products. `--photos` writes so many photos a product, of 2400 x 1800 pixels and the entropy of real ones; with
`--photo-pool`, only K of them are drawn and the others are copies that differ by a comment. `--form content` is what
this project builds, with the data files taken from `--content`; `--form neutral` (plain YAML, JSON and Markdown) is
what `bench/peers.py` hands to other generators.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

LANGS = "vi", "en"
SEED = 2026
TODAY = date(2026, 11, 23)
"""The day on which stars are judged: builds are measured with `--date` of it."""

Named = dict[str, str]
"""Words by language."""


def named(vi: str, en: str) -> Named:
    return {"vi": vi, "en": en}


@dataclass(frozen=True)
class Producer:
    """Who makes products."""

    slug: str
    name: Named
    district: str
    address: str
    phone: str
    founded: int
    about: Named


@dataclass(frozen=True)
class Product:
    """A product with its facts and its two stories."""

    slug: str
    code: str
    name: Named
    summary: Named
    producer: str
    district: str
    category: str
    stars: int
    year: int
    decision: str
    weight_g: int
    price_vnd: int
    shelf_life_months: int
    certificates: list[str]
    channels: list[str]
    photos: list[dict[str, Any]]
    body: Named = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """A whole catalogue; `site` holds names of what the products refer to, and the words of an interface."""

    site: dict[str, Any]
    producers: list[Producer]
    products: list[Product]
    folder: Path | None = None
    """Where the photos lie, if it was read from a disk."""

    @property
    def pictures(self) -> list[Path]:
        """The photo files that are there."""
        if self.folder is None:
            return []
        files = (self.photo(one, photo["file"]) for one in self.products for photo in one.photos)
        return [file for file in files if file and file.exists()]

    def photo(self, product: Product, name: str) -> Path | None:
        return self.folder and self.folder / "products" / product.slug / "photos" / name


# --- words ------------------------------------------------------------------------------------------------

DISTRICTS = {
    "dong-hung": "Đông Hưng",
    "hung-ha": "Hưng Hà",
    "kien-xuong": "Kiến Xương",
    "quynh-phu": "Quỳnh Phụ",
    "thai-thuy": "Thái Thụy",
    "thanh-pho-thai-binh": "Thành phố Thái Bình",
    "tien-hai": "Tiền Hải",
    "vu-thu": "Vũ Thư",
}
CATEGORIES = {
    "thuc-pham": named("Thực phẩm", "Food"),
    "do-uong": named("Đồ uống", "Beverages"),
    "duoc-lieu": named("Dược liệu", "Herbal products"),
    "thu-cong": named("Thủ công mỹ nghệ", "Handicrafts"),
    "sinh-vat-canh": named("Sinh vật cảnh", "Ornamental life"),
    "du-lich": named("Du lịch nông thôn", "Rural tourism"),
}
WEIGHTS = 8, 5, 3, 4, 2, 1
GOODS: dict[str, list[tuple[str, str, str, int]]] = {
    "thuc-pham": [
        ("gao-nep-cai", "Gạo nếp cái hoa vàng", "Yellow-flower sticky rice", 3),
        ("banh-cay", "Bánh cáy", "Sticky-rice cáy cake", 6),
        ("mam-cay", "Mắm cáy", "Fiddler-crab paste", 9),
        ("nuoc-mam", "Nước mắm cốt", "First-press fish sauce", 9),
        ("toi-den", "Tỏi đen", "Black garlic", 10),
        ("cha-ca", "Chả cá", "Fish cake", 8),
        ("ngao-dong-lanh", "Ngao đông lạnh", "Frozen clams", 2),
        ("mat-ong-hoa-su-vet", "Mật ong hoa sú vẹt", "Mangrove-blossom honey", 4),
        ("lac-rang", "Lạc rang", "Roasted peanuts", 7),
        ("khoai-tay", "Khoai tây", "Potatoes", 1),
    ],
    "do-uong": [
        ("nuoc-khoang", "Nước khoáng", "Mineral water", 16),
        ("nuoc-mo", "Nước mơ", "Apricot drink", 17),
        ("nuoc-gao-rang", "Nước gạo rang", "Roasted-rice drink", 17),
    ],
    "duoc-lieu": [
        ("tinh-bot-nghe", "Tinh bột nghệ", "Turmeric starch", 18),
        ("tinh-dau-sa", "Tinh dầu sả", "Lemongrass oil", 20),
        ("xa-phong-bo-ket", "Xà phòng bồ kết", "Soap-pod soap", 19),
    ],
    "thu-cong": [
        ("cham-bac", "Đồ chạm bạc", "Chased silverware", 21),
        ("chieu-coi", "Chiếu cói", "Sedge mat", 21),
        ("khan-bong", "Khăn bông", "Cotton towel", 22),
        ("vai-dui", "Vải đũi", "Raw silk", 22),
    ],
    "sinh-vat-canh": [
        ("hoa-dao", "Đào cảnh", "Ornamental peach", 24),
        ("hoa-cuc", "Hoa cúc", "Chrysanthemums", 23),
    ],
    "du-lich": [("lang-vuon", "Thăm làng vườn", "Garden-village visit", 26)],
}
"""Slug, names and product set of what is made, by category."""

CERTIFICATES = {"vietgap": "VietGAP", "haccp": "HACCP", "iso-22000": "ISO 22000", "iso-9001": "ISO 9001"}
CHANNELS = {
    "shop": named("Cửa hàng", "Shop"),
    "supermarket": named("Siêu thị", "Supermarkets"),
    "postmart": named("Sàn Postmart", "Postmart"),
    "facebook": named("Facebook", "Facebook"),
    "website": named("Trang web", "Website"),
}
FAMILIES = ["An Bình", "Đông Hòa", "Hồng Minh", "Minh Khai", "Phú Xuân", "Quang Trung", "Tân Phong", "Thụy Hải"]
KINDS = {
    "cooperative": named("Hợp tác xã", "Cooperative"),
    "enterprise": named("Công ty TNHH", "Company"),
    "household": named("Hộ kinh doanh", "Household"),
    "cooperative-group": named("Tổ hợp tác", "Group"),
}
SENTENCES = {
    "vi": [
        "Ruộng nằm ven đê, đất phù sa bồi mỗi mùa nước nên cây khỏe mà ít phải bón.",
        "Sáng sớm cả nhà ra đồng, đến trưa thì hàng đã về xưởng để kịp làm trong ngày.",
        "Mỗi mẻ có một cuốn sổ ghi ngày giờ, người làm và nơi lấy nguyên liệu.",
        "Người già trong làng còn nhớ cách làm cũ và đứng cạnh khi lớp trẻ học nghề.",
        "Lò nhỏ nên lửa đều, hương giữ được lâu và màu không bị sẫm.",
        "Hàng được đóng trong phòng riêng, có tem để khách soi lại đường đi của từng hộp.",
        "Khách quen đặt trước từ đầu vụ, phần còn lại bán ở chợ huyện và cửa hàng trong phố.",
        "Nước giếng được lọc qua cát và than rồi mới dùng để rửa và ngâm.",
        "Mùa đông làm ít hơn vì nắng yếu, bù lại vị đậm và để được lâu.",
        "Vợ chồng chủ cơ sở bắt đầu với hai chiếc nong, nay có một dãy nhà phơi che lưới.",
        "Bã sau khi làm được ủ thành phân rồi trả về ruộng của bà con.",
        "Giá giữ gần như nguyên suốt năm để người mua không phải chờ dịp.",
        "Hội chợ đầu xuân là nơi nhiều người nếm thử lần đầu rồi hỏi đường về tận làng.",
        "Học sinh trong xã hay đến xem, vừa làm thử vừa nghe chuyện của ông bà mình.",
        "Hợp đồng mua được ký từ lúc gieo nên nhà nông yên tâm giữ giống tốt.",
        "Hộp làm bằng giấy tái sinh, dây buộc bằng cói của làng bên.",
    ],
    "en": [
        "The fields lie along the dyke, where each flood leaves new silt and little else is needed.",
        "The family is out at dawn, and by noon the harvest is in the workshop to be made the same day.",
        "Every batch has a notebook with its hours, its makers and the plot it came from.",
        "The old people of the village remember the former way and stand by while the young learn it.",
        "Small ovens keep the fire even, so that the scent stays and the colour does not darken.",
        "Packing is done in a room of its own, with a stamp that lets buyers trace each box.",
        "Regular buyers order before the season, and the rest goes to the market and the shops in town.",
        "Water from the well runs through sand and charcoal before it washes or soaks anything.",
        "In winter there is less of it since the sun is weak, but the taste is deeper and keeps longer.",
        "The owners began with two flat baskets and now have a row of drying sheds under nets.",
        "What is left over is composted and goes back to the fields of the neighbours.",
        "The price hardly moves through the year, so that nobody has to wait for an occasion.",
        "Many taste it first at the spring fair and then ask for the way to the village.",
        "Pupils of the commune come to look, try their hands and hear what their grandparents did.",
        "Contracts are signed at sowing time, and so farmers can afford to keep good seed.",
        "The box is recycled paper, tied with sedge from the village next door.",
    ],
}
HEADINGS = {
    "vi": ("Chuyện của làng", "Cách làm", "Cách dùng", "Cách giữ"),
    "en": ("The story of the village", "How it is made", "How to use it", "How to keep it"),
}
STEPS = {
    "vi": (
        "Chọn và **rửa** ngay trong buổi sáng",
        "Phơi hoặc sấy ở lửa *nhỏ* cho khô đều",
        "Để nguội trong phòng thoáng",
        "Đóng hộp và dán tem",
        "Giữ mẫu của mỗi mẻ trong nửa năm",
    ),
    "en": (
        "Sort and **wash** the same morning",
        "Dry in the sun or over a *low* fire",
        "Let it cool in an airy room",
        "Box it and put on the stamp",
        "Keep a sample of each batch for half a year",
    ),
}
TABLE = {
    "vi": (("Chỉ tiêu", "Kết quả", "Đơn vị"), ("Độ ẩm", "Chất đạm", "Năng lượng", "Tro")),
    "en": (("Property", "Result", "Unit"), ("Moisture", "Protein", "Energy", "Ash")),
}
INTERFACE: dict[str, Named] = {
    "home": named("Trang chủ", "Home"),
    "title": named("Danh mục thử", "A catalogue for measuring"),
    "products": named("Sản phẩm", "Products"),
    "producers": named("Chủ thể", "Producers"),
    "stars": named("sao", "stars"),
    "category": named("Nhóm", "Category"),
    "district": named("Địa phương", "District"),
    "producer": named("Chủ thể", "Producer"),
    "code": named("Mã số", "Code"),
    "year": named("Năm", "Year"),
    "decision": named("Quyết định", "Decision"),
    "weight": named("Khối lượng tịnh", "Net weight"),
    "price": named("Giá", "Price"),
    "shelf_life": named("Hạn dùng (tháng)", "Shelf life (months)"),
    "certificates": named("Chứng nhận", "Certificates"),
    "channels": named("Nơi bán", "Sales channels"),
    "phone": named("Điện thoại", "Telephone"),
    "address": named("Địa chỉ", "Address"),
    "founded": named("Thành lập", "Founded"),
    "related": named("Xem thêm", "See also"),
    "featured": named("Nổi bật", "Featured"),
    "previous": named("Trang trước", "Previous page"),
    "next": named("Trang sau", "Next page"),
    "other": named("English", "Tiếng Việt"),
    "skip": named("Đến nội dung", "Skip to content"),
}

# --- making -----------------------------------------------------------------------------------------------


def make(count: int, photos: int = 0, seed: int = SEED) -> Catalogue:
    """A catalogue of `count` products, each with so many photos (named, not drawn)."""
    chance = random.Random(seed)
    producers = [_producer(number, chance) for number in range(1, max(1, round(count * 0.6)) + 1)]
    products = [_product(number, producers, photos, chance) for number in range(1, count + 1)]
    return Catalogue(_site(), producers, products)


def _site() -> dict[str, Any]:
    return {
        "ui": {lang: {key: words[lang] for key, words in INTERFACE.items()} for lang in LANGS},
        "stars": [3, 4, 5],
        "districts": [{"slug": slug, "name": named(name, name)} for slug, name in DISTRICTS.items()],
        "categories": [{"slug": slug, "name": name} for slug, name in CATEGORIES.items()],
        "certificates": CERTIFICATES,
        "channels": CHANNELS,
    }


def _producer(number: int, chance: random.Random) -> Producer:
    kind, family = chance.choice(list(KINDS.values())), chance.choice(FAMILIES)
    district = chance.choice(list(DISTRICTS))
    return Producer(
        slug=f"chu-the-{number:05d}",
        name=named(f"{kind['vi']} {family} {number}", f"{family} {kind['en']} {number}"),
        district=district,
        address=f"Thôn {chance.randint(1, 12)}, xã {chance.choice(FAMILIES)}, {DISTRICTS[district]}",
        phone=f"09{chance.randrange(10**8):08d}",
        founded=chance.randint(1995, 2024),
        about={lang: " ".join(_own(chance.sample(SENTENCES[lang], 3), chance)) for lang in LANGS},
    )


def _product(number: int, producers: list[Producer], photos: int, chance: random.Random) -> Product:
    category = chance.choices(list(CATEGORIES), WEIGHTS)[0]
    good, vi, en, _ = chance.choice(GOODS[category])
    maker = producers[number - 1] if number <= len(producers) else chance.choice(producers)
    slug, year = f"{good}-{number:05d}", chance.randint(2023, 2026)
    return Product(
        slug=slug,
        code=f"34-{number:05d}-{year}",
        name=named(f"{vi} {maker.name['vi'].split(' ', 2)[-1]} số {number}", f"{en} {maker.name['en']} no. {number}"),
        summary={lang: " ".join(_own([chance.choice(SENTENCES[lang])], chance)) for lang in LANGS},
        producer=maker.slug,
        district=maker.district,
        category=category,
        stars=chance.choices((3, 4, 5), (60, 33, 7))[0],
        year=year,
        decision=f"{chance.randint(100, 4000)}/QĐ-UBND",
        weight_g=chance.choice((100, 200, 250, 500, 1000)),
        price_vnd=chance.randint(20, 900) * 1000,
        shelf_life_months=chance.choice((3, 6, 12, 18, 24)),
        certificates=sorted(chance.sample(list(CERTIFICATES), chance.randint(1, 3))),
        channels=sorted(chance.sample(list(CHANNELS), chance.randint(2, 4))),
        photos=[_photo(slug, one, vi, en) for one in range(1, photos + 1)],
        body={lang: _body(lang, chance) for lang in LANGS},
    )


def _photo(slug: str, number: int, vi: str, en: str) -> dict[str, Any]:
    alt = named(f"{vi}, ảnh {number}", f"{en}, photo {number}")
    return {"file": f"{slug}-{number}.jpg", "width": SIZE[0], "height": SIZE[1], "alt": alt}


def _body(lang: str, chance: random.Random) -> str:
    """A story with all that Markdown commonly has, of some 250 words."""
    sentences = iter(_own(chance.sample(SENTENCES[lang], 10), chance))
    parts = iter(" ".join(islice(sentences, count)) for count in (2, 2, 2, 2, 1, 1))
    heads = [f"## {head}" for head in HEADINGS[lang]]
    steps = "\n".join(f"- {step}" for step in STEPS[lang])
    order = "\n".join(f"{at}. {step}" for at, step in enumerate(chance.sample(STEPS[lang], 3), 1))
    made = (heads[0], next(parts), next(parts), heads[1], next(parts), steps, heads[2], next(parts), order)
    return "\n\n".join((*made, _table(lang, chance), heads[3], next(parts), "> " + next(parts))) + "\n"


def _table(lang: str, chance: random.Random) -> str:
    (name, result, unit), rows = TABLE[lang]
    lines = [f"| {row} | {chance.uniform(0.5, 90):.1f} | g |" for row in rows]
    return "\n".join((f"| {name} | {result} | {unit} |", "|---|---:|---|", *lines))


def _own(sentences: Sequence[str], chance: random.Random) -> list[str]:
    """Sentences with their words in an order of their own: a story that is another product's is an error."""
    return [" ".join(chance.sample(words, len(words))).capitalize() for words in map(str.split, sentences)]


# --- the neutral form -------------------------------------------------------------------------------------


def write_neutral(catalogue: Catalogue, folder: Path) -> None:
    """Plain files that an adapter for any generator can read."""
    (folder / "producers").mkdir(parents=True, exist_ok=True)
    (folder / "site.json").write_text(json.dumps(catalogue.site, ensure_ascii=False, indent=1), encoding="utf-8")
    for producer in catalogue.producers:
        _dump(folder / "producers" / f"{producer.slug}.yml", asdict(producer))
    for product in catalogue.products:
        facts = asdict(product)
        body = facts.pop("body")
        place = folder / "products" / product.slug
        place.mkdir(parents=True, exist_ok=True)
        _dump(place / "index.yml", facts)
        for lang in LANGS:
            (place / f"{lang}.md").write_text(body[lang], encoding="utf-8")


def read_neutral(folder: Path) -> Catalogue:
    """What `write_neutral` wrote; words of an interface that are missing are filled in."""
    site = json.loads((folder / "site.json").read_text(encoding="utf-8"))
    site["ui"] = {lang: {**_site()["ui"][lang], **site["ui"].get(lang, {})} for lang in LANGS}
    producers = [Producer(**_load(file)) for file in sorted((folder / "producers").glob("*.yml"))]
    products = [_read_product(place) for place in sorted((folder / "products").iterdir())]
    return Catalogue(site, producers, products, folder)


def _read_product(place: Path) -> Product:
    body = {lang: (place / f"{lang}.md").read_text(encoding="utf-8") for lang in LANGS}
    return Product(**_load(place / "index.yml"), body=body)


class _Plain(yaml.CSafeDumper):
    """Writes a value out each time it stands somewhere: an alias is an error in this project's content."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def plain_yaml(value: object) -> str:
    return str(yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000))


def _dump(file: Path, value: object) -> None:
    file.write_text(plain_yaml(value), encoding="utf-8")


def _load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


# --- this project's form ----------------------------------------------------------------------------------

DATA_FILES = "site.yml", "programme.yml", "places.yml", "classification.yml", "strings.yml"


def write_content(catalogue: Catalogue, folder: Path, content: Path) -> None:
    """What this project builds: the entries in the content contract's form, beside the data files of `content`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in DATA_FILES:
        shutil.copy(content / name, folder / name)
    for name in ("pages", "news"):
        shutil.copytree(content / name, folder / name, dirs_exist_ok=True)
    for producer in catalogue.producers:
        write_entry(folder / "producers" / producer.slug, producer_files(producer, catalogue))
    for product in catalogue.products:
        place = folder / "products" / product.slug
        write_entry(place, product_files(product))
        for photo in product.photos:
            file = catalogue.photo(product, photo["file"])
            if file and file.exists():
                os.link(file, place / file.name)


def write_entry(place: Path, files: dict[str, str]) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8")


def producer_files(producer: Producer, catalogue: Catalogue) -> dict[str, str]:
    kind = next((kind for kind, word in KINDS.items() if word["vi"] in producer.name["vi"]), "cooperative")
    facts = {
        "kind": kind,
        "place": {"district": _district(producer.district, catalogue)},
        "address": producer.address,
        "phones": [producer.phone],
        "founded": str(producer.founded),
        "consent": {"date": TODAY, "scope": ["phones", "address"]},
    }
    words = {lang: {"name": producer.name[lang], "summary": producer.about[lang][:200]} for lang in LANGS}
    return {
        "index.vi.md": _entry({**words["vi"], **facts}, producer.about["vi"]),
        "index.en.md": _entry(words["en"], producer.about["en"]),
    }


def _district(slug: str, catalogue: Catalogue) -> str:
    """The district of places.yml that stands for one of the catalogue."""
    known = [one["slug"] for one in catalogue.site["districts"]]
    return slug if slug in DISTRICTS else list(DISTRICTS)[known.index(slug) % len(DISTRICTS)]


def product_files(product: Product) -> dict[str, str]:
    words = {lang: {"name": product.name[lang], "summary": product.summary[lang]} for lang in LANGS}
    alts = [{"file": photo["file"], "alt": photo["alt"]} for photo in product.photos]
    photos = {lang: {"photos": [{**one, "alt": one["alt"][lang]} for one in alts]} if alts else {} for lang in LANGS}
    return {
        "index.vi.md": _entry({**words["vi"], **_facts(product), **photos["vi"]}, product.body["vi"]),
        "index.en.md": _entry({**words["en"], **photos["en"]}, product.body["en"]),
    }


def _facts(product: Product) -> dict[str, Any]:
    decided = _decided(product)
    number = _set_of(product)
    decision = {"number": product.decision, "date": decided, "by": "UBND tỉnh"}
    pack: dict[str, Any] = {"label": "Hộp", "price": product.price_vnd, "priced": date(2026, 10, 1)}
    facts: dict[str, Any] = {
        "producer": product.producer,
        "set": number,
        "recognitions": [{"stars": product.stars, "year": product.year, "decision": decision}],
        "packs": [pack],
        "code": product.code,
        "certificates": [_certificate(one, product.code) for one in product.certificates],
        "channels": [{"kind": one if one in CHANNELS else "other", "name": one} for one in product.channels],
        "updated": TODAY,
    }
    if number != SERVICE:
        pack["quantity"] = f"{product.weight_g} g"
        facts["shelf_life"] = f"{product.shelf_life_months} months"
    return facts


SERVICE = 26


def _decided(product: Product) -> date:
    """A day of the product's year, not later than today."""
    number = int(product.slug.rsplit("-", 1)[-1])
    return min(date(product.year, 1, 1) + timedelta(days=number % 360), TODAY)


@cache
def _sets() -> dict[str, int]:
    return {slug: number for goods in GOODS.values() for slug, _, _, number in goods}


def _set_of(product: Product) -> int:
    """The product set of what is made; of a good unknown here, one of its category."""
    number = _sets().get(product.slug.rsplit("-", 1)[0])
    return number or {"do-uong": 17, "duoc-lieu": 20, "sinh-vat-canh": 24, "du-lich": 26}.get(product.category, 7)


def _certificate(key: str, code: str) -> dict[str, Any]:
    dates = {"from": date(2025, 1, 10), "to": date(2028, 1, 10)}
    return {"name": CERTIFICATES.get(key, key), "number": f"{code}-{key}", **dates}


def _entry(front: dict[str, Any], body: str) -> str:
    return f"---\n{plain_yaml(front)}---\n{body}\n"


# --- photos -----------------------------------------------------------------------------------------------

SIZE = 2400, 1800
QUALITY = 88


def write_photos(catalogue: Catalogue, folder: Path, pool: int = 0, jobs: int = 0) -> Iterator[Path]:
    """Draw the photos of a catalogue in the neutral form; with a pool, the others are copies with a comment."""
    files = [
        folder / "products" / one.slug / "photos" / photo["file"] for one in catalogue.products for photo in one.photos
    ]
    drawn = files[: pool or None]
    for place in {file.parent for file in files}:
        place.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(jobs or os.cpu_count()) as workers:
        yield from workers.map(_draw, drawn, range(len(drawn)))
    for number, file in enumerate(files[len(drawn) :]):
        file.write_bytes(commented(drawn[number % len(drawn)].read_bytes(), file.name))
        yield file


def commented(jpeg: bytes, words: str) -> bytes:
    """The same picture as another file."""
    text = words.encode()
    return jpeg[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + jpeg[2:]


def _draw(file: Path, seed: int) -> Path:
    """A picture with detail in every octave, objects with edges, and the noise of a sensor.

    Pillow's noise has no seed: the scene is the same each time, and its grain another of the same strength.
    """
    from PIL import Image, ImageChops

    chance = random.Random(seed)
    bands = [_octaves(chance) for _ in range(3)]
    picture = Image.merge("RGB", bands)
    for _ in range(chance.randint(18, 34)):
        _object(picture, chance)
    grain = Image.effect_noise(SIZE, 12).convert("RGB")
    colour = Image.merge("RGB", [Image.effect_noise(SIZE, 5) for _ in range(3)])
    for noise in (grain, colour):
        picture = ImageChops.add(picture, noise, offset=-128)
    picture.save(file, "JPEG", quality=QUALITY, subsampling=2)
    return file


def _octaves(chance: random.Random) -> Any:
    """Noise of every scale laid over a gradient: each octave has twice the detail and half the weight."""
    from PIL import Image, ImageChops

    base = Image.linear_gradient("L").rotate(chance.uniform(0, 360)).resize(SIZE)
    base = base.point([int(60 + chance.uniform(0, 40) + value * 0.4) for value in [*range(256)]])
    for power in range(2, 11):
        size = 2**power, max(2, 3 * 2**power // 4)
        noise = Image.effect_noise(size, max(4.0, 44 * 0.6 ** (power - 2))).resize(SIZE, Image.Resampling.BICUBIC)
        base = ImageChops.add(base, noise, offset=-128)
    return base


def _object(picture: Any, chance: random.Random) -> None:
    """A shaded disc with a soft edge and a skin of its own."""
    from PIL import Image, ImageChops, ImageFilter

    side = chance.randint(120, 700)
    light = ImageChops.invert(Image.radial_gradient("L").resize((side, side)))
    skin = Image.effect_noise((side // 2, side // 2), 22).resize((side, side), Image.Resampling.BICUBIC)
    shade = ImageChops.add(light.point([int(value * 0.5) for value in range(256)]), skin, offset=-128)
    colour = [chance.uniform(0.2, 1.1) for _ in range(3)]
    bands = [shade.point([min(255, int(value * one + 60 * one)) for value in range(256)]) for one in colour]
    edge = light.point([255 * (value > 90) for value in range(256)]).filter(ImageFilter.GaussianBlur(1.5))
    at = chance.randint(-side // 2, SIZE[0] - side // 2), chance.randint(-side // 2, SIZE[1] - side // 2)
    picture.paste(Image.merge("RGB", bands), at, edge)


# --- the command ------------------------------------------------------------------------------------------


def written(folder: Path, count: int, photos: int, pool: int = 0, seed: int = SEED) -> Catalogue:
    """A catalogue in the neutral form on the disk, photos and all."""
    catalogue = make(count, photos, seed)
    write_neutral(catalogue, folder)
    for number, _ in enumerate(write_photos(catalogue, folder, pool) if photos else (), 1):
        if number % 10 == 0:
            print(f"{number} / {count * photos} photos", file=sys.stderr, flush=True)
    return replace(catalogue, folder=folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-n", "--products", type=int, default=112)
    parser.add_argument("--photos", type=int, default=0, help="of each product (%(default)s)")
    parser.add_argument("--photo-pool", type=int, default=0, metavar="K", help="draw only K, copy them for the others")
    parser.add_argument("--form", choices=("content", "neutral"), default="content")
    parser.add_argument("--content", type=Path, default=Path(__file__).resolve().parent.parent / "content")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty")
    neutral = (
        options.folder if options.form == "neutral" else options.folder.with_name(options.folder.name + ".neutral")
    )
    catalogue = written(neutral, options.products, options.photos, options.photo_pool, options.seed)
    print(f"{len(catalogue.products)} products, {len(catalogue.producers)} producers, {len(catalogue.pictures)} photos")
    if options.form == "content":
        write_content(catalogue, options.folder, options.content)
        shutil.rmtree(neutral)


if __name__ == "__main__":
    main()
