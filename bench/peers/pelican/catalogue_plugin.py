"""A Pelican plugin: listings in pages of 48, producers with their products, and pictures in three widths.

Pictures are made by Pillow where the file that would be made is missing or older than its photo.
"""

from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from pelican import signals
from pelican.generators import Generator

SIZE = 48
WIDTHS = 400, 800, 1600
LANGS = "vi", "en"


class Listings(Generator):
    """Listings by star, category and district, of products, of producers, and the home pages."""

    def generate_output(self, writer):
        template = self.get_template("listing")
        for lang in LANGS:
            say = self.settings["UI"][lang]
            products, groups = self.settings["FOUND"]["products"][lang], self.settings["FOUND"]["groups"][lang]
            home = {"here": lang, "path": "", "title": say["title"], "items": products[:12]}
            writer.write_file(f"{lang}/index.html", template, self.context, **home)
            self._paged(writer, lang, "products", say["products"], products)
            self._paged(writer, lang, "producers", say["producers"], self.settings["FOUND"]["producers"][lang])
            for base, (title, items) in groups.items():
                self._paged(writer, lang, base, title, items)

    def _paged(self, writer, lang, base, title, items):
        template = self.get_template("listing")
        total = -(-len(items) // SIZE)
        for number in range(1, total + 1):
            some = items[(number - 1) * SIZE : number * SIZE]
            places = {"previous": _path(lang, base, number - 1), "next": _path(lang, base, number + 1, total)}
            where = _path(lang, base, number)[1:]
            here = {"here": lang, "path": where[3:], "title": title, "items": some, "number": number, "total": total}
            writer.write_file(where + "index.html", template, self.context, **here, **places)


def _path(lang, base, number, total=1 << 30):
    if not 1 <= number <= total:
        return ""
    return f"/{lang}/{base}/" if number == 1 else f"/{lang}/{base}/page/{number}/"


def gather(generators):
    """Who made what, and what stands in which listing."""
    by_name = {type(one).__name__: one for one in generators}
    articles, pages = by_name["ArticlesGenerator"], by_name["PagesGenerator"]
    products, producers = defaultdict(list), defaultdict(list)
    groups, made = defaultdict(dict), defaultdict(list)
    for one in sorted([*articles.articles, *articles.translations], key=lambda one: one.title):
        products[one.lang].append(one)
        made[one.lang, one.producer].append(one)
        for kind, slug, title in _standing(one):
            groups[one.lang].setdefault(f"{kind}/{slug}", (title, []))[1].append(one)
    for one in sorted([*pages.pages, *pages.translations], key=lambda one: one.title):
        producers[one.lang].append(one)
        one.products = made[one.lang, one.slug]
    articles.settings["FOUND"].update(products=products, producers=producers, groups=groups)
    develop(articles.settings, products)


def _standing(one):
    """The listings in which a product stands, beside that of all."""
    yield "stars", one.stars, one.stars
    yield "categories", one.group, one.group_name
    yield "districts", one.district, one.district_name


def develop(settings, products):
    """Make the pictures that are missing, side by side, and tell each product of its own."""
    source, target = Path(settings["PHOTOS"]), Path(settings["OUTPUT_PATH"]) / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for one in (one for some in products.values() for one in some):
        one.pictures = []
        for photo in filter(None, one.photos.split("¦")):
            name, alt = photo.split("=", 1)
            one.pictures.append(_told(name, alt))
            wanted[source / name] = target / Path(name).stem
    late = [(photo, stem) for photo, stem in wanted.items() if _is_late(photo, stem)]
    if late:
        with ProcessPoolExecutor() as workers:
            list(workers.map(_develop, *zip(*late, strict=True)))


def _told(name, alt):
    stem = Path(name).stem
    webp, jpeg = (
        ", ".join(f"/pictures/{stem}-{width}.{kind} {width}w" for width in WIDTHS) for kind in ("webp", "jpeg")
    )
    return {"alt": alt, "src": f"/pictures/{stem}-1600.jpeg", "webp": webp, "jpeg": jpeg}


def _is_late(photo, stem):
    made = [Path(f"{stem}-{width}.{kind}") for width in WIDTHS for kind in ("webp", "jpeg")]
    return any(not one.exists() or one.stat().st_mtime < photo.stat().st_mtime for one in made)


def _develop(photo, stem):
    from PIL import Image

    with Image.open(photo) as whole:
        current = whole.convert("RGB")
    for width in reversed(WIDTHS):
        current = current.resize((width, current.height * width // current.width), Image.Resampling.LANCZOS)
        current.save(f"{stem}-{width}.webp", quality=80)
        current.save(f"{stem}-{width}.jpeg", quality=80, optimize=True)


def offer(pelican):
    """A name of its own: signals hold what they call weakly."""
    return Listings


def register():
    signals.all_generators_finalized.connect(gather)
    signals.get_generators.connect(offer)
