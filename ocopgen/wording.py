"""Words of a field, checked where they are read: in one language, in all of them, or the same in each.

A value that is not taken raises a `PydanticCustomError` whose type is a code of `messages.MESSAGES`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import PydanticCustomError, core_schema

from ocopgen import notation
from ocopgen.notation import SUMMARY_LIMIT
from ocopgen.text import Lang, Text


def refuse(code: str, **words: object) -> NoReturn:
    """Say that a value is not taken: `code` is one of `messages.MESSAGES`, `words` fill it."""
    raise PydanticCustomError(code, code, words)


def _one_language(value: object, info: ValidationInfo) -> Text:
    """Words of an entry's file; the file's language comes with the validation's context."""
    if isinstance(value, Text):
        return value
    lang = (info.context or {}).get("lang", "vi")
    return Text.of({lang: plain_words(value)})


def written(value: object) -> str:
    """A string that holds something, without the spaces around it."""
    if isinstance(value, Mapping | tuple):
        refuse("text-not-list")
    if not isinstance(value, str):
        refuse("text-expected")
    if not value.strip():
        refuse("text-empty")
    return value.strip()


_UNSEEN = dict.fromkeys((0x200B, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Signs that come along unseen in what is pasted: spaces of no width, and turns of the writing's direction."""


def plain_words(value: object) -> str:
    """Words on one line without unseen signs; a no-break space is somebody's wish and stays."""
    words = re.sub(r"[ \t\r\n\f\v\x85\u2028\u2029]+", " ", written(value).translate(_UNSEEN)).strip()
    if not words:
        refuse("text-empty")
    return words


def _all_languages(value: object, info: ValidationInfo) -> Text:
    """Words of a data file: a mapping from language to words, whole in every language of the site."""
    if not isinstance(value, Mapping):
        refuse("mapping-expected", example="vi: …, en")
    words = {Lang(str(lang)): plain_words(words) for lang, words in value.items()}
    for lang in (info.context or {}).get("langs", ()):
        if lang not in words:
            refuse("language-missing", lang=lang)
    order = (info.context or {}).get("langs", ())
    return Text.of({lang: words[lang] for lang in (*order, *(other for other in words if other not in order))})


@dataclass(frozen=True, slots=True)
class _TextSchema:
    """Tells pydantic how to make a `Text`."""

    whole: bool

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        make = _all_languages if self.whole else _one_language
        return core_schema.with_info_plain_validator_function(make)


Words = Annotated[Text, _TextSchema(whole=False), notation.WORDS]
"""A translated field of an entry: a plain string in each language's file."""

Wordings = Annotated[Text, _TextSchema(whole=True), notation.WORDINGS]
"""A translated field of a data file: `{vi: …, en: …}`."""


def _short(text: Text) -> Text:
    length = len(text.source)
    if length > SUMMARY_LIMIT:
        refuse("text-long", length=length, limit=SUMMARY_LIMIT)
    return text


Summary = Annotated[Words, AfterValidator(_short), notation.SUMMARY]

Line = Annotated[str, BeforeValidator(plain_words), notation.LINE]
"""One line of plain words that is the same in every language: a number, a proper name."""

LangCode = Annotated[Lang, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$"), notation.LANG_CODE]
"""A language code as HTML writes it."""
