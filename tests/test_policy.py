"""Policies: of each kind of page, in heads and headers; a browser keeps to them, and no page of ours breaks one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from web import OF_SHIPPED

from ocopgen import policy

NASTY = {
    "a script in the page": "<script>document.title='run'</script>",
    "a handler": "<img src=x onerror=\"document.title='run'\">",
    "a script of another host": '<script src="http://127.0.0.1:9/x.js"></script>',
    "a picture of another host": '<img src="http://127.0.0.1:9/x.png">',
    "a style in the page": "<style>main{color:red}</style>",
    "a frame": '<iframe src="/"></iframe>',
    "another base": '<base href="http://127.0.0.1:9/">',
}


class _WithHeaders(SimpleHTTPRequestHandler):
    """A site as Netlify and Cloudflare Pages serve it; no header is given by two rules."""

    def end_headers(self) -> None:
        path = self.path.partition("?")[0]
        rules = (Path(self.directory) / "_headers").read_text("utf-8")
        sent: set[str] = set()
        holds = False
        for line in rules.splitlines():
            if not line.startswith(" "):
                holds = path.startswith(line[:-1]) if line.endswith("*") else path == line
            elif holds:
                name, value = line.strip().split(": ", 1)
                assert name not in sent, (path, name)
                sent.add(name)
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def hosted(shipped_site: Path) -> Iterator[str]:
    """Where the shipped site is served with its headers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_WithHeaders, directory=str(shipped_site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", [*OF_SHIPPED, "vi/tim-kiem/?q=keo", "vi/san-pham/?sao=4"])
def test_no_page_breaks_its_policy_or_that_of_the_headers(browser: Browser, hosted: str, path: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(hosted + path, wait_until="networkidle")
    assert answer is not None
    assert [one for one in said if "404" not in one and "Service Worker" not in one] == []
    if answer.ok:
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    context.close()


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("path", ["vi/san-pham/toi-den-truong-an/", "p/toi-den-truong-an/", ""])
def test_what_somebody_puts_into_a_page_does_nothing(browser: Browser, hosted: str, path: str, name: str) -> None:
    """By the policy in the page itself, as on a server that sends no headers."""
    page = browser.new_page()
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text))

    def changed(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        body = answer.text().replace("</body>", f"{NASTY[name]}</body>")
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=body)  # type: ignore[attr-defined]

    page.route(hosted + path, changed)
    page.goto(hosted + path, wait_until="networkidle")
    assert page.title() != "run"
    assert any("Content Security Policy" in one for one in broken), broken
    page.close()


@pytest.mark.parametrize("installable", [True, False])
def test_pages_run_own_scripts_and_ask_their_own_site_and_nothing_else(installable: bool) -> None:
    told = policy.of_pages(installable)
    assert told["default-src"] == "'none'"
    assert told["script-src"] == told["form-action"] == "'self'"
    assert ("connect-src" in told) == ("worker-src" in told) == ("manifest-src" in told) == installable
    assert set(told.values()) == {"'none'", "'self'"}


def test_the_form_alone_may_more_and_only_with_the_hosts_that_are_named() -> None:
    told = policy.of_editor("https://vao.example.vn", github=True, local="http://127.0.0.1:8081")
    assert "https://vao.example.vn https://api.github.com http://127.0.0.1:8081" in told["connect-src"]
    assert "github" not in policy.written(policy.of_editor(None, github=False, local="http://127.0.0.1:8081"))


def test_only_a_header_forbids_that_others_show_a_page_in_theirs() -> None:
    assert policy.header(policy.PLAIN) == f"{policy.written(policy.PLAIN)}; frame-ancestors 'none'"
    assert "frame-ancestors" not in policy.PLAIN_HEAD


def test_what_would_end_an_attribute_is_written_otherwise() -> None:
    assert policy.in_head({"img-src": '"><script>&'}) == "img-src &quot;>&lt;script>&amp;"


def test_on_a_disk_files_are_what_is_our_own() -> None:
    assert policy.on_disk("img-src 'self'; form-action 'none'") == "img-src 'self' file:; form-action 'none'"
