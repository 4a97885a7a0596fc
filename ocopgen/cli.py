"""The command line: one function a command; exit codes 0 fine, 1 the content is wrong, 2 wrong use, 3 our fault."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ocopgen import __version__, content_commands, office_commands, site_commands
from ocopgen.arguments import FINE, OUR_FAULT, WRONG_USE, Command

_EPILOG = """\
exit codes: 0 fine; 1 the content has errors; 2 wrong use; 3 a fault of ocopgen or of a template; 130 stopped
mã thoát: 0 tốt; 1 nội dung có lỗi; 2 gõ sai lệnh; 3 lỗi của ocopgen hay của mẫu trang; 130 bị dừng
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parsed = _parser().parse_args(_with_command(sys.argv[1:] if arguments is None else arguments))
    try:
        return int(parsed.run(parsed))
    except KeyboardInterrupt:
        print("\nđã dừng / stopped", file=sys.stderr)
        return 130
    except ModuleNotFoundError as missing:
        print(_what_to_run(str(missing.name)), file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as fault:
        print(f"không đọc hay ghi được / cannot read or write: {fault}", file=sys.stderr)
        return WRONG_USE
    except Exception as fault:
        from ocopgen.overlay import of_fault

        print(of_fault(fault, getattr(parsed, "templates", Path())).printed(), file=sys.stderr)
        return OUR_FAULT


def _what_to_run(missing: str) -> str:
    """One line on how to get a package: with the Python that has it, or by setting everything up."""
    own = Path(__file__).resolve().parent.parent / ".venv"
    pythons = [own / "bin" / "python", own / "Scripts" / "python.exe"]
    there = next((one for one in pythons if one.exists()), None)
    how = f"{there} build.py …" if there else "make site"
    return f"thiếu {missing}: chạy '{how}' / {missing} is missing: run '{how}'"


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Without a command it is `build`: `--drafts` means `build --drafts`."""
    if arguments and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help", "--version")):
        return list(arguments)
    return ["build", *arguments]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ocopgen",
        description="Dựng danh mục sản phẩm OCOP song ngữ / Build a bilingual catalogue of OCOP products.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"ocopgen {__version__}")
    commands = parser.add_subparsers(title="lệnh / commands", metavar="LỆNH / COMMAND", required=True)

    def command(name: str, run: Command, words: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        raw = argparse.RawDescriptionHelpFormatter
        made = commands.add_parser(name, parents=parents, formatter_class=raw, epilog=_EPILOG, help=words)
        made.set_defaults(run=run)
        return made

    site_commands.add(command)
    content_commands.add(command)
    office_commands.add(command)
    return parser
