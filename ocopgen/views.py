"""What templates see: frozen views that hold words, numbers, addresses and pictures, and nothing to look up.

Every address is written from the site's root (`vi/san-pham/x/`); a template puts `page.head.root` before it.
A `Phrase` prints its own language mark where it needs one. Words that depend on a number are made here, not there.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from markupsafe import Markup

from ocopgen.policy import PLAIN_HEAD
from ocopgen.text import Lang, Phrase


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """The base of every view. The fingerprint of a frame is that of its `repr`, so all values are in it."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}{tuple(getattr(self, one.name) for one in fields(self))!r}"


# --- pieces many pages show -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Link(View):
    """Words that lead somewhere inside the site; `count` is a number of products, where one is shown."""

    words: Phrase
    href: str
    count: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Away(View):
    """Words that lead to another site, a phone or a mailbox; without `href` they are words only."""

    words: Phrase
    href: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Candidate(View):
    """One file of a picture and its width in pixels."""

    href: str
    width: int


@dataclass(frozen=True, slots=True, repr=False)
class Picture(View):
    """A picture; a photo comes in several formats and widths, a drawing of ours in one file without `sources`.

    `sources` are (MIME type, candidates), best format first; `src` is what serves all that know none of them.

    `tint` names the colour in its place until it has come: `310` is the class `t310` of the style sheet.
    """

    sources: tuple[tuple[str, tuple[Candidate, ...]], ...]
    src: str
    width: int
    height: int
    tint: str
    alt: Phrase
    illustration: bool = False
    credit: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Seal(View):
    """A star level with its standing. Filled only while `held`; otherwise an outline with its words.

    `words` is whole: `4 sao · hết hiệu lực 26/04/2025`; `short` is `4 sao`; `standing` is the part after the dot.
    """

    stars: int
    held: bool
    year: str
    short: str
    standing: str
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class Card(View):
    """A product as lists show it."""

    href: str
    name: Phrase
    summary: Phrase
    picture: Picture
    seal: Seal | None
    producer: Phrase
    place: str


@dataclass(frozen=True, slots=True, repr=False)
class Fact(View):
    """One row of a facts table; more values make a list."""

    label: Phrase
    values: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Story(View):
    """Cleaned HTML of a body; `lang` is set where it is not in the page's language."""

    html: Markup
    lang: Lang | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PlaceLine(View):
    """Where something is: as the papers of then say, and what it is part of today (`now` may be unsure).

    `short` is `then` without the province, for small print.
    """

    then: Phrase
    short: Phrase
    now: Phrase | None = None
    unsure: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Code(View):
    """A QR code: the file of its drawing, and the address it carries as people read it, without `https://`."""

    src: str
    address: str


@dataclass(frozen=True, slots=True, repr=False)
class Run(View):
    """One line of words in a drawing: where its baseline begins, and how large it is. `kind` is its class."""

    kind: str
    words: str
    x: int
    y: int
    size: int


@dataclass(frozen=True, slots=True, repr=False)
class Poster(View):
    """What is laid over a product's picture where its page is shared.

    `seal_top` is where the seal begins; `caption` says that the picture is a drawing, where it is one.
    """

    runs: tuple[Run, ...]
    seal: Seal | None
    seal_top: int
    caption: str
    caption_width: int


# --- the frame around every page --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class NavLink(View):
    """One item of the menu; `key` is compared with `page.head.nav`."""

    key: str
    words: str
    href: str


@dataclass(frozen=True, slots=True, repr=False)
class Offline(View):
    """What lets pages be kept on a phone: addresses of files, and what a kept copy says at its top."""

    script: str
    manifest: str
    icon: str
    kept: str


@dataclass(frozen=True, slots=True, repr=False)
class Scripts(View):
    """The addresses of the scripts that some pages load, each named as its source: `find.js`."""

    find: str
    filter: str
    search: str


@dataclass(frozen=True, slots=True, repr=False)
class Feed(View):
    """What a reader of feeds can follow: its name and its address from the root."""

    title: str
    href: str


@dataclass(frozen=True, slots=True, repr=False)
class Frame(View):
    """The header and footer of one edition: the same on all its pages."""

    lang: Lang
    title: Phrase
    tagline: Phrase
    home: str
    menu: tuple[NavLink, ...]
    footer: tuple[NavLink, ...]
    today: str
    today_iso: str
    contact: tuple[Away, ...]
    licence: Phrase | None
    style: str
    fonts: tuple[str, ...]
    icon: str
    colours: tuple[str, str]
    policy: Markup
    offline: Offline | None
    search: NavLink
    scripts: Scripts
    feeds: tuple[Feed, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Alternate(View):
    """The same page in another language; `href` is from the root.

    `url` is whole; it is there where the site has an address, and the page words of its own in at least two languages.
    """

    lang: Lang
    name: str
    href: str
    url: str | None
    current: bool


@dataclass(frozen=True, slots=True, repr=False)
class Shared(View):
    """What other sites show of a page that is shared there; addresses are whole, `others` the locales of its twins."""

    kind: str
    title: str
    description: str
    url: str
    site: str
    locale: str
    others: tuple[str, ...]
    image: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, repr=False)
class Download(View):
    """A file to take along: its words, its address, and its kind and size in small print."""

    words: str
    href: str
    note: str


@dataclass(frozen=True, slots=True, repr=False)
class DataFile(View):
    """A file of open data: its words, address and media type; its kind, and its size where that is told."""

    words: str
    href: str
    type: str
    note: str


@dataclass(frozen=True, slots=True, repr=False)
class Head(View):
    """What the head of a page and its frame need. `root` leads from the page to the site's root, `here` back.

    `default` is the whole address for who reads none of the site's languages, `linked` what machines are told, as JSON.
    `edit` is the whole address where the page is edited, or leads there from the page; `downloads` are its brochures,
    `data` what it shows as data.
    """

    root: str
    here: str
    title: str
    description: str
    nav: str
    crumbs: tuple[Link, ...]
    alternates: tuple[Alternate, ...]
    canonical: str | None
    default: str | None = None
    shared: Shared | None = None
    linked: Markup | None = None
    edit: str | None = None
    downloads: tuple[Download, ...] = ()
    data: tuple[DataFile, ...] = ()


# --- pages ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class StarTile(View):
    """A star level on the home page: how many hold it today, how many are only recorded."""

    seal: Seal
    href: str
    held: str
    recorded: str


@dataclass(frozen=True, slots=True, repr=False)
class SectorTile(View):
    """A sector as a picture."""

    name: Phrase
    href: str
    count: str
    picture: Picture


@dataclass(frozen=True, slots=True, repr=False)
class Figure(View):
    """A number of the programme and what it counts."""

    number: str
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class NewsLine(View):
    """A news entry as lists show it."""

    name: Phrase
    summary: Phrase
    href: str
    date: str
    date_iso: str


@dataclass(frozen=True, slots=True, repr=False)
class HomePage(View):
    head: Head
    hero: Picture
    stars: tuple[StarTile, ...]
    sectors: tuple[SectorTile, ...]
    newest: tuple[Card, ...]
    figures: tuple[Figure, ...]
    figures_source: str
    programme_href: str
    producers: tuple[Link, ...]
    producers_href: str
    places: tuple[Link, ...]
    places_href: str
    news: tuple[NewsLine, ...]
    news_href: str
    products_href: str
    az_href: str
    products_count: str
    hints: tuple[Link, ...]


@dataclass(frozen=True, slots=True, repr=False)
class HistoryRow(View):
    """One recognition in words: the seal, its lines (decision, dates, kind, score) and its sources."""

    seal: Seal
    lines: tuple[str, ...]
    sources: tuple[Away, ...]


@dataclass(frozen=True, slots=True, repr=False)
class PackRow(View):
    """One pack: its words (`Hộp 200 g`), price and the day of the price."""

    words: Phrase
    price: str
    priced: str
    gtin: str


@dataclass(frozen=True, slots=True, repr=False)
class CertificateRow(View):
    """One certificate with its dates; `ended` says so in words."""

    name: str
    lines: tuple[str, ...]
    ended: bool


@dataclass(frozen=True, slots=True, repr=False)
class ProductPage(View):
    head: Head
    name: Phrase
    summary: Phrase
    fallback: bool
    outdated: str
    seal: Seal | None
    potential: Away | None
    pictures: tuple[Picture, ...]
    producer: Link
    producer_kind: str
    place: PlaceLine | None
    classification: tuple[Link, ...]
    packs: tuple[PackRow, ...]
    prices: bool
    facts: tuple[Fact, ...]
    certificates: tuple[CertificateRow, ...]
    history: tuple[HistoryRow, ...]
    notice: Phrase | None
    story: Story | None
    trace: Away | None
    buy: tuple[Away, ...]
    outlets: tuple[Link, ...]
    contacts: tuple[Away, ...]
    siblings: tuple[Card, ...]
    similar: tuple[Card, ...]
    sources: tuple[Away, ...]
    updated: str
    updated_iso: str
    tags: tuple[Phrase, ...]
    code: Code | None


@dataclass(frozen=True, slots=True, repr=False)
class ProducerPage(View):
    head: Head
    name: Phrase
    summary: Phrase | None
    fallback: bool
    outdated: str
    kind: str
    known: bool
    place: PlaceLine | None
    facts: tuple[Fact, ...]
    contacts: tuple[Away, ...]
    withheld: bool
    map_href: str | None
    pictures: tuple[Picture, ...]
    story: Story | None
    products: tuple[Card, ...]
    products_count: str
    sources: tuple[Away, ...]
    updated: str
    updated_iso: str
    code: Code | None


@dataclass(frozen=True, slots=True, repr=False)
class Section(View):
    """A part of a listing under its own heading; `empty` is said where it holds no card."""

    title: str
    note: str
    cards: tuple[Card, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Facet(View):
    """A row of links that lead to narrower or neighbouring listings."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Pager(View):
    """Where this part of a long listing stands: `words` is `Trang 2 / 5`."""

    words: str
    pages: tuple[Link, ...]
    previous: str | None
    following: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Filters(View):
    """What the filter of a listing needs besides the records of products.

    `scope` is what all products of the listing have in common, as an address tells it: `sao=4`; `subject` are its
    words, `leave` what leads from it to all products, at `all_href`. `stars`, `kinds` of producers and `languages`
    are choices: values that are the same in all languages, and their words.
    """

    scope: str
    subject: Phrase
    leave: str
    all_href: str
    stars: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class ListingPage(View):
    """All products, a star level, sector, set, place or year."""

    head: Head
    title: Phrase
    lead: tuple[Phrase, ...]
    seal: Seal | None
    count: str
    sections: tuple[Section, ...]
    facets: tuple[Facet, ...]
    pager: Pager | None
    filters: Filters | None = None


@dataclass(frozen=True, slots=True, repr=False)
class IndexRow(View):
    """One name in a list of names; `note` is small print beside it."""

    words: Phrase
    href: str
    note: str
    seal: Seal | None = None


@dataclass(frozen=True, slots=True, repr=False)
class IndexGroup(View):
    """Names under a letter or heading; `anchor` is its fragment."""

    title: Phrase
    anchor: str
    rows: tuple[IndexRow, ...]


@dataclass(frozen=True, slots=True, repr=False)
class IndexPage(View):
    """A to Z, producers, places, outlets: names in groups, with a row of jumps."""

    head: Head
    title: str
    lead: tuple[Phrase, ...]
    count: str
    groups: tuple[IndexGroup, ...]
    empty: str
    chapters: tuple[Link, ...] = ()
    pager: Pager | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SearchPage(View):
    """The page of the search: without script all names, or where these are too many the ways to them.

    `hints` are the ways on where nothing is found.
    """

    head: Head
    title: str
    lead: str
    groups: tuple[IndexGroup, ...]
    ways: tuple[Link, ...]
    hints: tuple[Link, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Bar(View):
    """One bar of a chart; `per_mille` is its length, 1000 the longest."""

    label: Phrase
    number: str
    per_mille: int
    tone: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Chart(View):
    """A chart that is also a table: a row of bars for each label."""

    title: str
    column: str
    bars: tuple[Bar, ...]
    note: str
    source: Away


@dataclass(frozen=True, slots=True, repr=False)
class TargetRow(View):
    """A target with what is known of it; `met` is `yes`, `no` or empty where no source tells."""

    text: Phrase
    goal: str
    reached: str
    note: Phrase | None
    met: str


@dataclass(frozen=True, slots=True, repr=False)
class SupportRow(View):
    """Public money given in some years."""

    years: str
    amount: str
    words: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, repr=False)
class LaterRow(View):
    """Figures of a later day, as one row of a table; empty where a source gives none."""

    on: Phrase
    cells: tuple[str, ...]
    source: Away


@dataclass(frozen=True, slots=True, repr=False)
class ProgrammePage(View):
    head: Head
    title: Phrase
    lead: tuple[Phrase, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    targets_title: str
    targets: tuple[TargetRow, ...]
    targets_source: Away
    support: tuple[SupportRow, ...]
    support_source: Away | None
    later_columns: tuple[str, ...]
    later: tuple[LaterRow, ...]
    here: str
    about: tuple[Link, ...]


@dataclass(frozen=True, slots=True, repr=False)
class DataPage(View):
    """What open data there is, beside the files that `head.data` names; `schema` is a file too."""

    head: Head
    title: str
    count: str
    schema: str


@dataclass(frozen=True, slots=True, repr=False)
class NewsIndexPage(View):
    head: Head
    title: str
    lines: tuple[NewsLine, ...]
    empty: str


@dataclass(frozen=True, slots=True, repr=False)
class TextPage(View):
    """A news entry, an outlet or a page of its own: a heading, facts, a story and what belongs to it."""

    head: Head
    name: Phrase
    summary: Phrase | None
    fallback: bool
    outdated: str
    date: str
    date_iso: str
    pictures: tuple[Picture, ...]
    place: PlaceLine | None
    facts: tuple[Fact, ...]
    contacts: tuple[Away, ...]
    map_href: str | None
    story: Story | None
    tags: tuple[Phrase, ...]
    products_title: str
    products: tuple[Card, ...]
    sources: tuple[Away, ...]
    updated: str
    updated_iso: str


@dataclass(frozen=True, slots=True, repr=False)
class Greeting(View):
    """One language of the pages that belong to none: the entrance and `not found`.

    `dated` says on which day stars were judged, for the entrance and redirects, which may be kept and read later.
    """

    lang: Lang
    name: str
    href: str
    title: str
    words: str
    more: tuple[tuple[str, str], ...] = ()
    dated: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PlainPage(View):
    """The entrance, `not found` and redirects; `goto` is where a redirect leads.

    The entrance has the address that stands for the home pages of all languages, and these beside it.
    """

    root: str
    title: str
    greetings: tuple[Greeting, ...]
    style: str
    icon: str
    goto: str | None = None
    canonical: str | None = None
    alternates: tuple[Alternate, ...] = ()
    shared: Shared | None = None
    policy: Markup = PLAIN_HEAD


@dataclass(frozen=True, slots=True, repr=False)
class Invitation(View):
    """An entry in one language on a page that is in all of them; `over` is its producer or its kind.

    `enter` are the words of the link to its page, `as_of` says on which day the star was judged.
    """

    lang: Lang
    language: str
    over: Phrase | None
    name: Phrase
    seal: Seal | None
    summary: Phrase | None
    notice: Phrase | None
    enter: str
    href: str
    as_of: str


@dataclass(frozen=True, slots=True, repr=False)
class ShortPage(View):
    """What stands at an entry's short address, the same at those it had: an invitation in each language."""

    root: str
    title: str
    canonical: str | None
    picture: Picture | None
    invitations: tuple[Invitation, ...]
    shared: Shared | None = None
    policy: Markup = PLAIN_HEAD


@dataclass(frozen=True, slots=True, repr=False)
class Unseen(View):
    """One language of the page that stands for all that is not kept; `kept` introduces what is.

    It shows no star, so it is not `dated`, and phones need not take it in anew each day.
    """

    lang: Lang
    title: str
    words: str
    again: str
    kept: str
    dated: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class OfflinePage(View):
    """What is shown without network in place of a page that is not kept."""

    root: str
    title: str
    greetings: tuple[Unseen, ...]
    style: str
    icon: str
    policy: Markup = PLAIN_HEAD


@dataclass(frozen=True, slots=True, repr=False)
class FormPage(View):
    """The page of the form: our script, where those it needs were fetched, their folder, and what both may do."""

    root: str
    title: str
    greetings: tuple[Greeting, ...]
    style: str
    icon: str
    policy: Markup
    script: str | None
    folder: str
