"""The findings as pages of the report, in Vietnamese and English: views, and the files made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from babel import Locale, UnknownLocaleError

from ocopgen.cards import tel
from ocopgen.catalogue import Catalogue
from ocopgen.completeness import Completeness
from ocopgen.coverage import EntryWords, FieldWords, FileWords, State, Translation, field_name
from ocopgen.edition import Edition
from ocopgen.findings import Findings, as_json
from ocopgen.html import Templates
from ocopgen.model import KINDS, Product
from ocopgen.renewal import Holder, Renewal, Stage, most_urgent
from ocopgen.report_sheets import sheet_page
from ocopgen.report_views import (
    CompletenessPage,
    CompletePart,
    CompleteRow,
    FieldRow,
    FileRow,
    HolderPart,
    KindRows,
    LanguagePart,
    OverviewPage,
    RenewalRow,
    RenewalsPage,
    ReportFrame,
    SheetsPage,
    StageRow,
    Tile,
    Top,
    TranslationPage,
    WaitingRow,
)
from ocopgen.report_words import LANGS, Reporter, words
from ocopgen.steps import BY_ID, Step, worth
from ocopgen.text import Lang, Phrase
from ocopgen.views import Away, Link, View

URGENT = 5
LATER = 2
"""Steps that are told after the best one."""


def files(
    found: Findings, catalogue: Catalogue, templates: Templates, langs: tuple[Lang, ...], with_json: bool
) -> dict[str, bytes]:
    """The pages of the report in some of its languages by their paths, and what leads to them; with the JSON or not."""
    made = {"report.json": as_json(found)} if with_json else {}
    reporters = [Reporter(Edition(lang, catalogue, found.date, found.base_url)) for lang in langs]
    for one in reporters:
        frame = _frame(one, found, next((lang for lang in langs if lang != one.lang), None))
        for template, top, page in _pages(one, found, with_json):
            shown = templates.environment.get_template(template).render(page=page, site=frame, say=one.words)
            made[f"{one.lang}/{top.path}"] = shown.encode()
    if reporters:
        first = reporters[0]
        entrance = tuple(
            Link(Phrase(one.tell("this_language"), None if one is first else one.lang), f"{one.lang}/index.html")
            for one in reporters
        )
        shown = templates.environment.get_template("entrance.html").render(
            page=entrance, site=_frame(first, found, None), say=first.words
        )
        made["index.html"] = shown.encode()
    return made


def _frame(one: Reporter, found: Findings, other: Lang | None) -> ReportFrame:
    palette = one.edition.catalogue.site.colours
    return ReportFrame(
        lang=one.lang,
        other_lang=other,
        other_name=words(other)["this_language"] if other else "",
        title=one.edition.phrase(found.title),
        day=one.edition.day(found.date),
        drafts=found.drafts,
        light=tuple((name, str(colour)) for name, colour in palette.by_light),
        dark=tuple((name, str(colour)) for name, colour in palette.by_dark),
        menu=tuple(Link(Phrase(one.tell(name)), f"{one.lang}/{path}") for name, path in PARTS.items()),
    )


PARTS = {
    "overview": "index.html",
    "renewals": "renewals.html",
    "completeness": "completeness.html",
    "translation": "translation.html",
    "evidence": "evidence.html",
}
"""The parts of the report by the key of their name, and where each lies below its language."""


def _pages(one: Reporter, found: Findings, with_json: bool) -> Iterator[tuple[str, Top, View]]:
    """Every page of a language with the template that shows it."""
    tops = {name: Top(Phrase(one.tell(name)), path, "../") for name, path in PARTS.items()}
    yield "overview.html", tops["overview"], overview_page(one, found, tops["overview"], with_json)
    yield "renewals.html", tops["renewals"], renewals_page(one, found, tops["renewals"])
    yield "completeness.html", tops["completeness"], completeness_page(one, found, tops["completeness"])
    yield "translation.html", tops["translation"], translation_page(one, found, tops["translation"])
    yield "evidence.html", tops["evidence"], sheets_page(one, found, tops["evidence"])
    for sheet in found.evidence:
        top = Top(one.edition.phrase(sheet.name), f"evidence/{sheet.id}.html", "../../")
        yield "sheet.html", top, sheet_page(one, sheet, top)


# --- overview ---------------------------------------------------------------------------------------------


def overview_page(one: Reporter, found: Findings, top: Top, with_json: bool) -> OverviewPage:
    counts, number = _stages(found), one.edition.number
    complete = [each for each in found.completeness if each.key.startswith("products/")]
    ending = Tile(
        number=number(counts[Stage.CLOSED] + counts[Stage.OPEN]),
        words=one.tell("tile_ending"),
        note=one.tell("tile_closed", closed=number(counts[Stage.CLOSED]), unknown=number(counts[Stage.UNKNOWN])),
        href=PARTS["renewals"],
    )
    whole = Tile(
        number=_average(one, complete),
        words=one.tell("tile_complete"),
        note=one.tell("tile_whole", n=number(sum(each.percent == 100 for each in complete))),
        href=PARTS["completeness"],
    )
    sheets = Tile(number(len(found.evidence)), one.tell("tile_sheets"), "", PARTS["evidence"])
    return OverviewPage(
        top=top,
        tiles=(ending, whole, *(_translated(one, each) for each in found.coverage.languages), sheets),
        urgent=tuple(_renewal(one, each) for each in most_urgent(found.renewals, URGENT)),
        empty=not found.completeness,
        json=with_json,
    )


def _translated(one: Reporter, part: Translation) -> Tile:
    counts, number = part.counts, one.edition.number
    done = sum(count for state, count in counts.items() if state.done)
    whole = done + counts[State.MISSING]
    return Tile(
        number=one.percent(100 * done // whole) if whole else one.tell("dash"),
        words=one.tell("tile_translated", lang=_language(one, part.lang)),
        note=one.tell("tile_waiting", missing=number(counts[State.MISSING]), stale=number(counts[State.STALE])),
        href=PARTS["translation"],
    )


def _language(one: Reporter, lang: Lang) -> str:
    try:
        return Locale.parse(lang, sep="-").get_display_name(one.edition.locale) or lang
    except (UnknownLocaleError, ValueError):
        return lang


def _average(one: Reporter, entries: list[Completeness]) -> str:
    return one.percent(sum(each.percent for each in entries) // len(entries)) if entries else one.tell("dash")


# --- translation ------------------------------------------------------------------------------------------


def translation_page(one: Reporter, found: Findings, top: Top) -> TranslationPage:
    by_lang = {part.lang: part for part in found.coverage.languages}
    langs = dict.fromkeys((*by_lang, *(each.lang for each in found.coverage.files)))
    return TranslationPage(top, tuple(_part(one, found, lang, by_lang.get(lang)) for lang in langs))


def _part(one: Reporter, found: Findings, lang: Lang, part: Translation | None) -> LanguagePart:
    name = _language(one, lang)
    return LanguagePart(
        name=name[:1].upper() + name[1:],
        kinds=tuple(_kinds(one, part.fields)) if part else (),
        waiting=tuple(_waiting(one, each) for each in part.entries if _waits(each)) if part else (),
        files=tuple(_file(one, each) for each in found.coverage.files if each.lang == lang),
        entries=part is not None and bool(part.entries),
    )


def _kinds(one: Reporter, fields: Iterable[FieldWords]) -> Iterator[KindRows]:
    """The fields of each kind of which there is any entry with words."""
    rows: dict[str, list[FieldRow]] = {}
    for each in fields:
        counts, number = each.counts, one.edition.number
        total = sum(count for state, count in counts.items() if state is not State.ABSENT)
        if total:
            shown = [number(counts[state]) for state in (State.TRANSLATED, State.STALE, State.UNDATED, State.MISSING)]
            name = one.phrase(field_name(KINDS[each.kind], each.field)).words
            rows.setdefault(each.kind, []).append(FieldRow(name, number(total), *shown))
    yield from (KindRows(one.tell(f"kind_{kind}"), tuple(found)) for kind, found in rows.items())


def _waits(entry: EntryWords) -> bool:
    return bool(entry.those(State.MISSING) or entry.those(State.STALE))


def _waiting(one: Reporter, entry: EntryWords) -> WaitingRow:
    model = KINDS[entry.key.partition("/")[0]]
    missing = (one.phrase(field_name(model, name)).words for name in entry.those(State.MISSING))
    days = {"compared": entry.compared, "updated": entry.updated}
    shown = {name: one.edition.day(day) if day else "" for name, day in days.items()}
    return WaitingRow(
        key=entry.key,
        name=one.edition.phrase(entry.name),
        missing="; ".join(missing),
        age=one.tell(f"age_{entry.age.value}", **shown),
        stale=entry.age is State.STALE,
    )


def _file(one: Reporter, each: FileWords) -> FileRow:
    return FileRow(each.file, one.edition.number(each.total), one.edition.number(len(each.missing)), each.missing)


# --- recognitions -----------------------------------------------------------------------------------------


def renewals_page(one: Reporter, found: Findings, top: Top) -> RenewalsPage:
    counts = _stages(found)
    rows = tuple(
        StageRow(stage.value, one.tell(f"stage_{stage.value}"), one.edition.number(counts[stage])) for stage in Stage
    )
    return RenewalsPage(top, rows, tuple(_holder(one, each) for each in found.renewals))


def _stages(found: Findings) -> Counter[Stage]:
    return Counter(each.stage for holder in found.renewals for each in holder.renewals)


def _holder(one: Reporter, holder: Holder) -> HolderPart:
    phones = [Away(Phrase(one.edition.phone(number)), tel(number)) for number in holder.phones]
    mail = [Away(Phrase(holder.email), f"mailto:{holder.email}")] if holder.email else []
    return HolderPart(
        name=one.edition.phrase(holder.name),
        contacts=(*phones, *mail),
        withheld=one.withheld(holder.withheld),
        rows=tuple(_renewal(one, each) for each in holder.renewals),
    )


def _renewal(one: Reporter, each: Renewal) -> RenewalRow:
    edition = one.edition
    product = edition.catalogue.product_by_id[each.product.partition("/")[2]]
    recognition = product.recognition(edition.today)
    assert recognition is not None, "it is told of"
    return RenewalRow(
        product=edition.phrase(each.name),
        producer=edition.phrase(edition.catalogue.producer_by_id[each.producer].name),
        draft=each.draft,
        stage=each.stage.value,
        stars=edition.stars(each.stars),
        standing=one.tell(f"stage_{each.stage.value}") if each.days is not None else edition.standing(recognition),
        decision=_decision(one, each),
        ends=edition.day(each.end) if each.end else "",
        days=_days(one, each.days),
        window=_window(one, each),
    )


def _decision(one: Reporter, each: Renewal) -> str:
    edition = one.edition
    parts = [edition.say("decision_number", number=each.number)] if each.number else []
    parts += [edition.say("decision_date", date=edition.day(each.decided))] if each.decided else []
    parts += [edition.say("decision_by", by=each.by)] if each.by else []
    return " ".join(parts)


def _days(one: Reporter, days: int | None) -> str:
    if not days:
        return "" if days is None else one.tell("today")
    count = abs(days)
    said = one.tell("one_day") if count == 1 else one.tell("days", n=one.edition.number(count))
    return said if days > 0 else one.tell("days_ago", days=said)


def _window(one: Reporter, each: Renewal) -> str:
    if each.opens is None or each.closes is None:
        return ""
    return one.tell("from_to", opens=one.edition.day(each.opens), closes=one.edition.day(each.closes))


# --- completeness -----------------------------------------------------------------------------------------


def completeness_page(one: Reporter, found: Findings, top: Top) -> CompletenessPage:
    parts = []
    for kind in KINDS:
        entries = [each for each in found.completeness if each.key.startswith(f"{kind}/")]
        if entries:
            average = one.tell("average", percent=_average(one, entries))
            rows = tuple(_complete(one, each) for each in entries)
            parts.append(CompletePart(one.tell(f"kind_{kind}"), average, rows))
    return CompletenessPage(top, tuple(parts))


def _complete(one: Reporter, each: Completeness) -> CompleteRow:
    kind, _, entry_id = each.key.partition("/")
    steps = [BY_ID[kind][step] for step in each.todo]
    product = one.edition.catalogue.product_by_id.get(entry_id) if kind == "products" else None
    rest = len(steps) - 1 - LATER
    return CompleteRow(
        key=each.key,
        name=one.edition.phrase(each.name),
        draft=each.draft,
        percent=each.percent,
        step=one.phrase(steps[0].words).words if steps else one.tell("all_done"),
        worth=tuple(_worth(one, steps[0], product)) if steps else (),
        later=tuple(one.phrase(step.words).words for step in steps[1 : 1 + LATER]),
        more=one.tell("more_steps", n=one.edition.number(rest)) if rest > 0 else "",
    )


def _worth(one: Reporter, step: Step, product: Product | None) -> Iterator[str]:
    for criterion, read in worth(step, product.set if product else None):
        said = one.tell("worth", code=criterion.code, points=criterion.points)
        yield said if read else one.tell("worth_elsewhere", worth=said)


# --- evidence ---------------------------------------------------------------------------------------------


def sheets_page(one: Reporter, found: Findings, top: Top) -> SheetsPage:
    sheets = (
        Link(one.edition.phrase(each.name), f"evidence/{each.id}.html", len(each.products)) for each in found.evidence
    )
    return SheetsPage(top, tuple(sheets))


# --- at the terminal --------------------------------------------------------------------------------------


def summary(found: Findings) -> Iterator[str]:
    """The findings in a few lines, in Vietnamese and English."""
    vi, en = (words(lang) for lang in LANGS)
    products = [each.percent for each in found.completeness if each.key.startswith("products/")]
    if products:
        average = sum(products) // len(products)
        yield f"{len(products)} sản phẩm, đầy đủ bình quân {average}% / products, {average}% complete on average"
    for part in found.coverage.languages:
        counts = part.counts
        states = (state for state in State if state is not State.ABSENT)
        said = ", ".join(
            f"{vi[key]} / {en[key]} {counts[state]}" for state in states for key in [f"state_{state.value}"]
        )
        yield f"{vi['translation']} / {en['translation']} ({part.lang}): {said}"
    stages = _stages(found)
    for stage in (stage for stage in Stage if stages[stage]):
        key = f"stage_{stage.value}"
        yield f"{vi['recognised']} / {en['recognised']}: {vi[key]} / {en[key]}: {stages[stage]}"
    urgent = most_urgent(found.renewals, URGENT)
    if urgent:
        yield f"{vi['urgent']} / {en['urgent']}:"
    makers = {holder.id: holder.name.source for holder in found.renewals}
    for each in urgent:
        yield f"  {each.end}, {each.days} ngày / days: {each.name.source} ({makers[each.producer]})"
