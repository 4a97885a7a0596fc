"""The files beside the pages that tell of the catalogue as a whole: the table `COMPANIONS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ocopgen.cards import Desk
from ocopgen.crawlers import sitemap
from ocopgen.feeds import feeds
from ocopgen.pages import SITE
from ocopgen.recipe import Artifact
from ocopgen.records import records

COMPANIONS: Mapping[str, Callable[[Sequence[Desk]], Iterator[Artifact]]] = {
    "records": records,
    "sitemap": partial(sitemap, SITE),
    "feeds": feeds,
}
"""Each makes its files at the desks of all languages, of the whole catalogue without its stories.

Names are those of sheets: a file is made anew when any entry changed in anything but its story.
"""
