"""Pages on their way to a browser: one script and one connection are allowed, and only there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from served import PATIENCE, Tab, opened, served
from sites import ROOT, TINY, lay, page_of, product, site
from tornado.httpclient import HTTPClientError

from ocopgen import policy
from ocopgen.live import Live, address, dressed, listening

POLICY = f'<meta http-equiv="Content-Security-Policy" content="{policy.in_head(policy.of_pages(True))}">'
"""That of a page of an edition."""

STRICT = {**TINY, "base.html": f"<html><head><meta charset='utf-8'>{POLICY}</head>{TINY['base.html']}</html>"}
PAGE = "vi/san-pham/gao/"
PLAIN = f"<head>{POLICY}</head><body>words</body>".encode()


def directives(page: str) -> dict[str, list[str]]:
    """A page's policy; no directive stands in it twice."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    told: dict[str, list[str]] = {}
    for name, *words in (part.split() for part in found[1].split(";")):
        assert name not in told
        told[name] = words
    return told


def test_the_policy_allows_scripts_of_this_host_and_one_connection_and_only_in_what_is_served(tmp_path: Path) -> None:
    project = site(tmp_path, templates=STRICT)
    with served(project) as running:
        page = running.page(PAGE)
        host = running.url.removeprefix("http://").rstrip("/")
        allowed = directives(page)
        assert allowed["script-src"] == ["'self'"]
        assert allowed["connect-src"] == [f"ws://{host}/livereload"]
        on_disk = (project.output / PAGE / "index.html").read_text("utf-8")
        changed = {name for name, words in directives(on_disk).items() if allowed[name] != words}
        assert changed == {"connect-src"}
        assert allowed.keys() == directives(on_disk).keys()
        assert "livereload" not in on_disk
        (script,) = re.findall(r"<script[^>]*>", page)
        assert " src=" in script
        assert "LiveReload" in running.page("livereload.js")
        assert "#ocopgen-overlay" in running.page("livereload.css")


def test_the_form_is_served_as_it_is_since_a_reload_would_take_away_what_is_typed(tmp_path: Path) -> None:
    project = site(tmp_path)
    with served(project) as running:
        assert running.page("admin/") == (project.output / "admin" / "index.html").read_text("utf-8")
        assert "livereload" in running.page(PAGE)


def test_no_page_is_kept_on_this_machine_and_what_was_kept_before_goes(tmp_path: Path) -> None:
    own = '<script defer src="{{ page.head.root }}{{ site.offline.script }}"></script>'
    project = site(tmp_path, templates={**TINY, "base.html": f"<head>{own}</head>{TINY['base.html']}"})
    with served(project) as running:
        assert "assets/offline-" not in running.page(PAGE)
        assert "assets/offline-" in (project.output / PAGE / "index.html").read_text("utf-8")
        assert running.page("sw.js") == TINY["retired.js"] != (project.output / "sw.js").read_text("utf-8")


def test_the_folder_of_the_build_is_not_served(tmp_path: Path) -> None:
    project = site(tmp_path)
    with served(project) as running:
        for path in (".ocopgen/paths", ".ocopgen/ledger.sqlite", ".ocopgen", "%2eocopgen/paths", "vi/../.OCOPGEN/lock"):
            with pytest.raises(HTTPError, match="404"):
                running.page(path)


def test_who_asks_for_an_old_style_gets_the_new_one(tmp_path: Path) -> None:
    project = site(tmp_path)
    with served(project) as running, opened(running, PAGE) as tab:
        (old,) = (project.output / "assets").glob("*.css")
        assert running.page(f"assets/{old.name}") == old.read_text("utf-8")
        lay(project.templates, {"style.css": "p{margin:7px}"})
        assert tab.hears()["path"] == "style.css"
        assert not old.exists()
        assert running.page(f"assets/{old.name}?livereload=1") == "p{margin:7px}"
        with pytest.raises(HTTPError, match="404"):
            running.page("assets/other.css")


def test_no_browser_keeps_anything(tmp_path: Path) -> None:
    with served(site(tmp_path)) as running:
        for path in (PAGE, "assets/"):
            try:
                answer = urlopen(running.url + path, timeout=PATIENCE)
            except HTTPError as missing:
                answer = missing
            with answer:
                assert path != PAGE or answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Etag"] is None
        head = Request(running.url + PAGE, method="HEAD")
        with urlopen(head, timeout=PATIENCE) as answer:
            assert answer.read() == b""


def test_the_own_page_for_what_is_not_there_is_shown(tmp_path: Path) -> None:
    project = site(tmp_path, templates={**TINY, "not-found.html": "<head></head><body>nothing here {{ page }}</body>"})
    with served(project) as running:
        with pytest.raises(HTTPError, match="404") as missing:
            running.page("none/")
        shown = missing.value.read().decode()
        assert "nothing here" in shown
        assert "/livereload.js" in shown


def test_a_page_of_another_site_cannot_listen(tmp_path: Path) -> None:
    with served(site(tmp_path)) as running, pytest.raises(HTTPClientError, match="403"):
        Tab(running, PAGE, origin="http://evil.example")


def test_what_makes_no_sense_is_not_answered(tmp_path: Path) -> None:
    project = site(tmp_path)
    with served(project) as running:
        with opened(running, PAGE) as tab:
            for message in ("", "{", "[]", "1", '"hello"', "{}", '{"command": "unknown"}'):
                tab.sends(message)
            lay(project.content, {page_of("products", "gao"): product(summary="Gạo mới.")})
            assert tab.hears()["command"] == "reload"
        assert running.ends() == 0
        assert "Traceback" not in "".join(running.said)


# --- dressing ---------------------------------------------------------------------------------------------


def test_a_page_is_dressed_where_it_should_be() -> None:
    page = dressed(PLAIN, "localhost:8000", "run-1", "<aside>x</aside>").decode()
    assert re.search(
        r'<script async src="/livereload\.js\?[^"]*"></script>\s*<link[^>]*livereload\.css">\s*</head>', page
    )
    assert "host=localhost&amp;port=8000&amp;snipver=run-1" in page
    assert "words<aside>x</aside></body>" in page
    assert "livereload.css" not in dressed(PLAIN, "localhost:8000", "run-1").decode()


def test_a_page_without_head_and_body_is_dressed_at_its_end() -> None:
    page = dressed(b"words", "localhost", "run-1", "<aside>x</aside>").decode()
    assert re.fullmatch(r"words<script.*?</script><link.*?><aside>x</aside>", page)
    assert "port=80&amp;" in page


def test_a_host_that_a_policy_cannot_name_is_told_as_our_own() -> None:
    page = dressed(PLAIN, "[::1]:8000", "run-1").decode()
    assert directives(page)["script-src"] == ["'self'"]
    assert "host=[::1]&amp;port=8000" in page


@pytest.mark.parametrize("host", ["", "a b", "x;script-src *", 'x"><script>', "x:y", "x'"])
def test_a_host_that_is_none_changes_nothing(host: str) -> None:
    assert dressed(PLAIN, host, "run-1", "<aside>x</aside>") == PLAIN


# --- listening --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("", "127.0.0.1"), ("localhost", "localhost")],
)
def test_the_address_is_one_that_can_be_opened(host: str, shown: str) -> None:
    with listening(host, 0) as sockets:
        assert address(host, sockets) == f"http://{shown}:{sockets[0].getsockname()[1]}/"
        assert address("::", sockets) == f"http://[::1]:{sockets[0].getsockname()[1]}/"


def test_a_port_can_be_had_again_when_it_is_let_go() -> None:
    with listening("127.0.0.1", 0) as sockets:
        port = sockets[0].getsockname()[1]
    with listening("127.0.0.1", port):
        pass


def test_a_server_that_cannot_begin_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(Live, "application", fails)
    with listening("127.0.0.1", 0) as sockets, pytest.raises(ValueError, match="odd"), Live(sockets, ROOT).running():
        pass


def test_a_server_in_this_process_begins_and_ends(tmp_path: Path) -> None:
    lay(tmp_path, {"index.html": PLAIN})
    for _ in range(2):
        with listening("127.0.0.1", 0) as sockets:
            url = address("127.0.0.1", sockets)
            live = Live(sockets, tmp_path)
            with live.running():
                assert b"livereload.js" in urlopen(url, timeout=PATIENCE).read()
