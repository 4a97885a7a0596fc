"""Viewing locally: the site is built, served, and built again when something changes; what is wrong lies over it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.error import HTTPError

import pytest
from jinja2 import TemplateSyntaxError
from playwright.sync_api import Browser, Page, expect
from served import PATIENCE, Running, Tab, command, opened, served, started
from sites import DATA, ONE, TEMPLATES, TINY, lay, page_of, product, read_yaml, site, write_yaml

from ocopgen import serve as module
from ocopgen.ledger import ForeignFolder
from ocopgen.project import Built, Project, build
from ocopgen.watch import Batch

PAGE = "vi/san-pham/gao/"
GAO = page_of("products", "gao")


def on_disk(project: Project, path: str = PAGE) -> str:
    return (project.output / path / "index.html").read_text("utf-8")


# --- changes ----------------------------------------------------------------------------------------------


def test_a_change_is_told_and_the_new_page_served(tmp_path: Path) -> None:
    project = site(tmp_path)
    with served(project) as running, opened(running, PAGE) as tab:
        for summary in ("Gạo mới.", "Gạo mới hơn."):
            lay(project.content, {GAO: product(summary=summary)})
            assert tab.hears() == {"command": "reload", "path": "*", "liveCSS": True, "liveImg": True}
            assert summary in running.page(PAGE)


def test_a_change_that_changes_no_page_is_not_told(tmp_path: Path) -> None:
    project = site(tmp_path)
    with served(project) as running, opened(running, PAGE) as tab:
        lay(project.content, {GAO: product()})
        running.says("in 0")
        lay(project.templates, {"style.css": TINY["style.css"] + "p{margin:0}"})
        assert tab.hears()["path"] == "style.css"


def test_a_template_and_a_drawing_are_watched_too(tmp_path: Path) -> None:
    project = site(tmp_path)
    with served(project) as running, opened(running, PAGE) as tab:
        lay(project.templates, {"base.html": TINY["base.html"] + "new base"})
        assert tab.hears()["path"] == "*"
        assert "new base" in running.page(PAGE)
        hero = TINY["illustrations/hero.svg"]
        assert isinstance(hero, str)
        lay(project.templates, {"illustrations/hero.svg": hero.replace("#B97A0A", "#B97A0B")})
        assert tab.hears()["path"] == "*"


def test_files_saved_together_are_all_built(tmp_path: Path) -> None:
    project = site(tmp_path)
    names = [f"gao-{number}" for number in range(5)]
    with served(project) as running, opened(running, PAGE) as tab:
        lay(project.content, {page_of("products", name): product(name) for name in names})
        while not all((project.output / f"vi/san-pham/{name}/index.html").exists() for name in names):
            assert tab.hears()["path"] == "*"


def test_a_page_that_was_read_before_a_change_is_told_when_it_connects(tmp_path: Path) -> None:
    project = site(tmp_path)
    with served(project) as running:
        late = Tab(running, PAGE)
        with opened(running, PAGE) as other:
            lay(project.content, {GAO: product(summary="Gạo mới.")})
            other.hears()
        assert late.shown().hears() == {"command": "reload", "path": "*"}
        late.close()
        with opened(running, PAGE) as anew:
            lay(project.content, {GAO: product(summary="Gạo mới nữa.")})
            assert anew.hears()["path"] == "*"
            assert "Gạo mới nữa." in on_disk(project)


# --- problems ---------------------------------------------------------------------------------------------


def over(page: str) -> str:
    """What lies over a page; empty where nothing does."""
    return "".join(re.findall(r'<aside id="ocopgen-overlay".*?</aside>', page, re.DOTALL))


def breaks_and_mends(project: Project, wrong: Callable[[], object], right: Callable[[], object]) -> str:
    """What lies over a page while something is wrong; the page below is the last good one, and so it is at the end."""
    with served(project) as running, opened(running, PAGE) as tab:
        before = on_disk(project)
        wrong()
        assert tab.hears()["path"] == "*"
        shown = running.page(PAGE)
        assert "Gạo ngon." in shown
        assert on_disk(project) == before
        right()
        assert tab.hears()["path"] == "*"
        assert over(running.page(PAGE)) == ""
    return over(shown)


def test_a_broken_entry_lies_over_the_last_good_page_until_it_is_mended(tmp_path: Path) -> None:
    project = site(tmp_path)
    evil = "<script>alert(1)</script>"
    shown = breaks_and_mends(
        project,
        lambda: lay(project.content, {GAO: product(set=evil), page_of("producers", "an"): "---\nname: [\n---\n"}),
        lambda: lay(project.content, {**ONE, GAO: product(body="Mới.\n")}),
    )
    assert re.search(r"<code>\S+content/products/gao/index\.vi\.md:\d+:\d+</code>", shown)
    assert re.search(r"<code>\S+content/producers/an/index\.vi\.md:\d+:\d+</code>", shown)
    assert "lỗi</b>" in shown
    assert "errors</b>" in shown
    assert "→" in shown
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_mend_that_makes_the_same_site_again_takes_the_problems_away(tmp_path: Path) -> None:
    project = site(tmp_path)
    shown = breaks_and_mends(
        project,
        lambda: lay(project.content, {GAO: product(colour="red")}),
        lambda: lay(project.content, ONE),
    )
    assert "colour" in shown


def test_a_template_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    project = site(tmp_path)
    shown = breaks_and_mends(
        project,
        lambda: lay(project.templates, {"base.html": "one\n{% if <b> %}\n"}),
        lambda: lay(project.templates, {"base.html": TINY["base.html"]}),
    )
    assert f"<code>{project.templates.as_posix()}/base.html:2:1</code>" in shown
    assert "lỗi trong mẫu trang" in shown
    assert "a fault in a template" in shown
    assert "<mark>{% if &lt;b&gt; %}</mark>" in shown


def test_a_template_that_asks_for_what_is_not_there_is_told(tmp_path: Path) -> None:
    project = site(tmp_path)
    shown = breaks_and_mends(
        project,
        lambda: lay(project.templates, {"base.html": TINY["base.html"] + "{{ page.nothing.at_all }}"}),
        lambda: lay(project.templates, {"base.html": TINY["base.html"]}),
    )
    assert "lỗi trong mẫu trang: UndefinedError" in shown
    assert "nothing" in shown


def test_a_word_of_the_interface_that_is_missing_is_told(tmp_path: Path) -> None:
    project = site(tmp_path)
    words = read_yaml(DATA["strings.yml"])
    shown = breaks_and_mends(
        project,
        lambda: lay(project.content, {"strings.yml": write_yaml({k: v for k, v in words.items() if k != "menu"})}),
        lambda: lay(project.content, {"strings.yml": write_yaml(words)}),
    )
    assert "menu" in shown
    assert "strings.yml" in shown


def test_a_style_that_cannot_be_read_is_told_and_mended_by_a_new_page(tmp_path: Path) -> None:
    project = site(tmp_path)
    shown = breaks_and_mends(
        project,
        lambda: lay(project.templates, {"style.css": "{{"}),
        lambda: lay(project.templates, {"style.css": "p{margin:0}"}),
    )
    assert "style.css:1" in shown


def test_what_is_wrong_from_the_beginning_is_shown_where_there_is_no_page_yet(tmp_path: Path) -> None:
    project = site(tmp_path, templates={**TINY, "base.html": "{% if %}"})
    with served(project) as running:
        with pytest.raises(HTTPError, match="404") as missing:
            running.page(PAGE)
        shown = missing.value.read().decode()
        assert "Chưa có trang này." in shown
        assert "base.html:1" in over(shown)
        lay(project.templates, {"base.html": TINY["base.html"]})
        running.says("tệp, in")
        assert running.ends(signal.SIGTERM) == 0


def test_a_content_folder_that_goes_and_comes_back_is_built_again(tmp_path: Path) -> None:
    project = site(tmp_path)
    with served(project) as running, opened(running, PAGE) as tab:
        shutil.move(project.content, tmp_path / "away")
        assert tab.hears()["path"] == "*"
        assert "không đọc hay ghi được" in over(running.page(PAGE))
        shutil.move(tmp_path / "away", project.content)
        lay(project.content, {GAO: product(summary="Gạo về.")})
        while "Gạo về." not in running.page(PAGE):
            assert tab.hears()["path"] == "*"
        while over(running.page(PAGE)):
            assert tab.hears()["path"] == "*"


# --- starting and stopping --------------------------------------------------------------------------------


def children(process: int) -> set[int]:
    """The processes that a process started, and theirs."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    found, ahead = set[int](), {process}
    while ahead:
        found |= ahead
        ahead = {one for one, parent in pairs if parent in ahead} - found
    return found - {process}


def alive(process: int) -> bool:
    """Whether a process is at work; one that only waits to be buried is not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(processes: set[int]) -> bool:
    """Whether all processes end before patience does."""
    waiting = threading.Event()
    for _ in range(int(PATIENCE * 20)):
        if not any(map(alive, processes)):
            return True
        waiting.wait(0.05)
    return False


def free(url: str) -> bool:
    """Whether nobody listens there."""
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((host, int(port)))
        one.listen()
    return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
def test_started_and_stopped_many_times_it_leaves_nothing_behind(tmp_path: Path) -> None:
    project = site(tmp_path)
    for number in range(int(os.environ.get("OCOPGEN_STARTS", "4"))):
        how = (signal.SIGINT, signal.SIGTERM)[number % 2]
        with served(project) as running, opened(running, PAGE):
            started_by_it = children(running.process.pid)
            assert running.ends(how) == 0
            assert gone(started_by_it)
            assert free(running.url)
            assert "Traceback" not in "".join(running.said)
            with module_lock(project):
                pass


@contextmanager
def module_lock(project: Project) -> Iterator[None]:
    """The lock of the output, which raises where somebody else holds it."""
    with module_output(project).claimed():
        yield


def module_output(project: Project):  # type: ignore[no-untyped-def]
    from ocopgen.output import Output

    return Output(project.output)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_the_middle_of_a_build_ends_it(tmp_path: Path, how: signal.Signals) -> None:
    names = [f"gao-{number}" for number in range(30)]
    project = site(tmp_path, {**ONE, **{page_of("products", name): product(name) for name in names}})
    with started(project, "--jobs", "2") as running:
        staging = project.output / ".ocopgen" / "staging"
        waiting = threading.Event()
        while not staging.exists():
            waiting.wait(0.01)
        started_by_it = children(running.process.pid)
        assert running.ends(how) == 0
        assert gone(started_by_it)
        assert "Traceback" not in "".join(running.said)
        with module_lock(project):
            pass


def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    project = site(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = ended(project, "--port", port)
    assert done.returncode == 2
    assert f"cổng {port} đang có chương trình khác dùng" in done.stderr
    assert f"port {port} is in use by another program" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_host_that_is_not_ours_is_said_in_words(tmp_path: Path) -> None:
    done = ended(site(tmp_path), "--host", "192.0.2.1", "--port", "0")
    assert done.returncode == 2
    assert "không mở được 192.0.2.1:0" in done.stderr
    assert "cannot listen on 192.0.2.1:0" in done.stderr
    assert "Traceback" not in done.stderr


def ended(project: Project, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(project, *more), capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_folder_that_is_not_ours_is_not_served(tmp_path: Path) -> None:
    project = site(tmp_path)
    lay(project.output, {"thesis.doc": "mine"})
    done = ended(project, "--port", "0")
    assert done.returncode == 2
    assert "thesis" not in done.stderr
    assert "Traceback" not in done.stderr


def test_another_build_is_told_and_its_end_is_waited_for(tmp_path: Path) -> None:
    project = site(tmp_path)
    with module_lock(project):
        running_context = served(project)
        running = running_context.__enter__()
        with pytest.raises(HTTPError, match="404") as missing:
            running.page(PAGE)
        assert "another build is running" in over(missing.value.read().decode())
    running.says("tệp, in")
    while over(shown := running.page(PAGE)):
        pass
    assert "Gạo ngon." in shown
    running_context.__exit__(None, None, None)
    assert len([line for line in running.said if "another build is running" in line]) == 1


# --- in this process --------------------------------------------------------------------------------------


class Silent:
    """Instead of a server: what it is told to show."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []

    def __call__(self, *_: object) -> Silent:
        return self

    @contextmanager
    def running(self) -> Iterator[None]:
        yield

    def show(self, what: str, overlay: str) -> None:
        self.shown.append((what, overlay))


def acted(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    *acts: Callable[[], Batch],
    days: Callable[[], date] | None = None,
) -> list[tuple[str, str]]:
    """What is shown while something is done, and told as a change, between builds."""
    live = Silent()
    monkeypatch.setattr(module, "Live", live)

    def batches(_: object) -> Iterator[Batch]:
        yield frozenset()
        for act in acts:
            yield act()
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "changes", batches)
    assert module.serve(project, "127.0.0.1", 0, days or (lambda: date(2026, 11, 23))) == 0
    return live.shown


SOME: Batch = frozenset({Path("/some")})


@pytest.mark.parametrize(
    ("fault", "vi", "en"),
    [
        (ForeignFolder("out"), "có tệp không do ocopgen làm ra", "holds files that"),
        (OSError("No space left"), "không đọc hay ghi được: No space left", "cannot read or write: No space left"),
        (ValueError("x"), "lỗi của ocopgen, không phải của bạn: ValueError: x", "a fault of ocopgen, not yours"),
        (TemplateSyntaxError("odd", 1, "base.html"), "lỗi trong mẫu trang: odd", "a fault in a template: odd"),
    ],
)
def test_what_a_build_raises_is_told_once_and_the_next_prints(
    tmp_path: Path,
    fault: Exception,
    vi: str,
    en: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = site(tmp_path)

    def fails(*_: object, **__: object) -> Built:
        raise fault

    def broken() -> Batch:
        monkeypatch.setattr(module, "build", fails)
        return SOME

    def mended() -> Batch:
        monkeypatch.setattr(module, "build", build)
        return SOME

    shown = acted(project, monkeypatch, broken, lambda: SOME, mended)
    assert [what for what, _ in shown] == ["*", "*"]
    assert vi in shown[0][1]
    assert en in shown[0][1]
    assert shown[1][1] == ""
    told = capsys.readouterr().err
    assert told.count(en) == 1
    assert told.count(vi) == 1


def test_a_fault_at_the_beginning_ends_it_only_where_no_change_can_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> Built:
        raise OSError("No space left")

    monkeypatch.setattr(module, "build", fails)
    with pytest.raises(OSError, match="No space left"):
        acted(site(tmp_path), monkeypatch)


def test_a_new_day_is_built_without_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = site(tmp_path)
    today = [date(2026, 11, 23)]

    def midnight() -> Batch:
        today[0] = date(2026, 11, 24)
        return frozenset()

    shown = acted(project, monkeypatch, frozenset, midnight, frozenset, days=lambda: today[0])
    assert shown == [("*", "")]
    assert "24/11/2026" in on_disk(project)


def test_a_style_on_a_new_day_needs_new_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = site(tmp_path)
    today = [date(2026, 11, 23)]
    sheet: Batch = frozenset({(project.templates / "style.css").resolve()})

    def styled() -> Batch:
        lay(project.templates, {"style.css": f"p{{margin:{today[0].day}px}}"})
        return sheet

    def next_day() -> Batch:
        today[0] = date(2026, 11, 24)
        return styled()

    shown = acted(project, monkeypatch, styled, next_day, days=lambda: today[0])
    assert shown == [("style.css", ""), ("*", "")]


def test_a_page_that_was_printed_with_a_style_is_told_with_the_next_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = site(tmp_path)
    sheet: Batch = frozenset({(project.templates / "style.css").resolve()})
    story: Batch = frozenset({(project.content / GAO).resolve()})

    def both() -> Batch:
        lay(project.templates, {"style.css": "p{margin:1px}"})
        lay(project.content, {GAO: product(summary="Gạo mới.")})
        return sheet

    shown = acted(project, monkeypatch, both, lambda: story, lambda: story)
    assert shown == [("style.css", ""), ("*", "")]


# --- in a browser -----------------------------------------------------------------------------------------


@contextmanager
def a_tab(browser: Browser, running: Running, path: str, **options: object) -> Iterator[Page]:
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.goto(running.url + path)
    yield page
    context.close()


def test_a_browser_shows_every_change_by_itself(tmp_path: Path, browser: Browser) -> None:
    templates = {one.name: one.read_bytes() for one in TEMPLATES.iterdir() if one.is_file()}
    drawings = {name: text for name, text in TINY.items() if name.startswith("illustrations/")}
    project = site(tmp_path, templates={**templates, **drawings})
    expect.set_options(timeout=PATIENCE * 1000)
    with served(project) as running, a_tab(browser, running, PAGE) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda fault: said.append(str(fault)))
        overlay = page.locator("#ocopgen-overlay")

        lay(project.content, {GAO: product(summary="Gạo mới.")})
        expect(page.locator("body")).to_contain_text("Gạo mới.")
        expect(overlay).to_have_count(0)

        lay(project.content, {GAO: product(set="<img src=x onerror=alert(1)>", stars=6)})
        expect(overlay.get_by_text("2 lỗi", exact=True)).to_be_visible()
        expect(overlay.get_by_text("2 errors", exact=True)).to_be_visible()
        expect(overlay.locator("img")).to_have_count(0)
        expect(page.locator("body")).to_contain_text("Gạo mới.")
        assert overlay.evaluate("one => getComputedStyle(one).position") == "fixed"

        lay(project.content, {GAO: product(summary="Gạo lành.")})
        expect(page.locator("body")).to_contain_text("Gạo lành.")
        expect(overlay).to_have_count(0)

        page.evaluate("window.marker = 'here'")
        sheet = (project.templates / "style.css").read_text("utf-8")
        for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
            beside = project.templates / "style.css.tmp"
            beside.write_text(f"{sheet}\nbody{{background:{colour}!important}}", "utf-8")
            beside.replace(project.templates / "style.css")
            expect(page.locator("body")).to_have_css("background-color", colour)
            assert page.evaluate("window.marker") == "here"

        lay(project.content, {GAO: product(summary="Gạo cuối.")})
        expect(page.locator("body")).to_contain_text("Gạo cuối.")
        expect(page.locator("body")).to_have_css("background-color", "rgb(4, 5, 6)")
        assert page.evaluate("window.marker") is None
        assert said == []


@pytest.mark.parametrize("width", [320, 1280])
def test_problems_can_be_read_on_a_phone_and_folded_away(tmp_path: Path, browser: Browser, width: int) -> None:
    project = site(tmp_path)
    size = {"width": width, "height": 640}
    with served(project) as running, opened(running, PAGE) as tab:
        lay(project.content, {GAO: product(**{f"field_{number}" * 6: "x" * 300 for number in range(12)})})
        tab.hears()
        with a_tab(browser, running, PAGE, viewport=size, java_script_enabled=False) as page:
            overlay = page.locator("#ocopgen-overlay")
            box = overlay.bounding_box()
            assert box is not None
            assert box["x"] == 0
            assert box["width"] == width
            assert box["y"] + box["height"] == size["height"]
            assert box["y"] > 0
            last = overlay.locator("li").last
            last.scroll_into_view_if_needed()
            expect(last).to_be_in_viewport()
            overlay.locator("summary").click()
            folded = overlay.bounding_box()
            assert folded is not None
            assert folded["height"] < 80
