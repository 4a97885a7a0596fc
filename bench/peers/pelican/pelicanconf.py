"""The catalogue in Pelican: products are articles, producers are pages, listings are made by a plugin."""

import json
from pathlib import Path

HERE = Path(__file__).parent
UI = json.loads((HERE / "ui.json").read_text(encoding="utf-8"))
NAV = json.loads((HERE / "links.json").read_text(encoding="utf-8"))
FOUND = {}
PHOTOS = str(HERE / "photos")
PATH = str(HERE / "content")
OUTPUT_PATH = str(HERE / "output")
CACHE_PATH = str(HERE / "cache")
SITENAME = UI["vi"]["title"]
SITEURL = ""
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
DEFAULT_DATE = (2026, 1, 1)
DEFAULT_PAGINATION = False
THEME = str(HERE / "theme")
PLUGIN_PATHS = [str(HERE)]
PLUGINS = ["catalogue_plugin"]
ARTICLE_PATHS = ["products"]
PAGE_PATHS = ["producers"]
ARTICLE_URL = ARTICLE_LANG_URL = "{lang}/products/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "{lang}/products/{slug}/index.html"
PAGE_URL = PAGE_LANG_URL = "{lang}/producers/{slug}/"
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = "{lang}/producers/{slug}/index.html"
DIRECT_TEMPLATES = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
USE_FOLDER_AS_CATEGORY = False
STATIC_PATHS = []
THEME_STATIC_DIR = "theme"
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"
CHECK_MODIFIED_METHOD = "mtime"
GZIP_CACHE = False
FORMATTED_FIELDS = []
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}},
    "output_format": "html5",
}
