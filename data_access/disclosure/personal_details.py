"""The personal-detail check: no wording enters a release before it.

Rules, not a model: they can be read, tested and argued with. They look for what identifies somebody outright
(NHS number, telephone, e-mail, National Insurance number, postcode, handle) and for cues that a name follows
(a title, a relation at work, 'my name is'). Flagged wording is held back until a person has looked at it; a
rule that flags too much costs that person a minute, one that flags too little costs somebody their privacy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Final

import phonenumbers
import polars as pl
from nhs_number.validate import is_valid as is_nhs_number

from data_access.disclosure.names import has_name
from data_access.disclosure.text_decisions import UNDECIDED, TextDecisions

HELD_BACK: Final = "[held back]"


class Detail(StrEnum):
    """What kind of personal detail a wording seems to hold."""

    EMAIL = "e-mail address"
    HANDLE = "social-media handle"
    NHS_NUMBER = "NHS number"
    TELEPHONE = "telephone number"
    NATIONAL_INSURANCE = "National Insurance number"
    POSTCODE = "postcode"
    NAME = "name"


_EMAIL: Final = re.compile(
    r"[\w.+'-]+\s?(?:@|[(\[]\s?at\s?[)\]])\s?[\w-]+(?:\s?(?:\.|[(\[]\s?dot\s?[)\]])\s?[a-z]{2,})+"
    r"|[\w+'-]+(?:\.[\w+'-]+)* at [\w-]+(?: dot [a-z]{2,})+",
    re.I,
)
_HANDLE: Final = re.compile(r"(?<![\w@.])@\w{3,}")
_TEN_DIGITS: Final = re.compile(r"(?<!\d)(?:\d[ \u00a0-]?){9}\d(?!\d)")
# Numbers as people write them, whether or not a provider has issued them: 0 or +44, then nine or ten digits.
_UK_NUMBER: Final = re.compile(r"(?<![\d£])(?:(?:\+|00)\s?44[\s-]?(?:\(0\)\s?)?|\(?0)(?:[\s()\-.]{0,2}\d){9,10}(?!\d)")
_MANY_DIGITS: Final = re.compile(r"(?:\d[^\w]{0,3}){7}")
# Prefixes that HMRC does not use are left out: https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
_NINO: Final = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d\d){3}[ -]?[A-D]\b", re.I
)
# The inward part never holds C, I, K, M, O or V; '1st', '2nd' and '3rd' are ordinals, not inward
# parts, unless they are written in capitals; nothing is '2th'.
_POSTCODE: Final = re.compile(
    r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[\dA-Z]?\s?\d(?!(?-i:st|nd|rd)\b|(?<!2)(?-i:th)\b)[ABD-HJLNP-UW-Z]{2})\b",
    re.I,
)


def personal_details(wording: str) -> tuple[Detail, ...]:
    """Give the kinds of personal detail a wording seems to hold, none if it may be released.

    'my manager Jane Smith in ward 4' → (Detail.NAME,).
    """
    return tuple(detail for detail, is_found in _RULES.items() if is_found(wording))


def wording_shown(
    posts: pl.DataFrame, decisions: TextDecisions = UNDECIDED, withdrawn: Collection[str] = ()
) -> pl.DataFrame:
    """Blank the wording that is held back or withdrawn.

    In:   id, title, text; `withdrawn` names posts by id whose wording is gone for good.
    Out:  the same rows with `is_held_back` (waits for a person, or one kept it back) and `is_withdrawn` (no release
          may show it any more, earlier ones neither); both wordings are empty where either is true.
    """
    gone = pl.col("id").is_in(sorted(withdrawn)) if withdrawn else pl.lit(value=False)
    worded = posts.with_columns(pl.when(~gone).then(pl.col("title", "text").fill_null("")).otherwise(pl.lit("")))
    held = [
        decisions.holds_back(title, text, is_flagged=bool(details_of_post(title, text)))
        for title, text in worded.select("title", "text").rows()
    ]
    kept_back = [decisions.keeps_back(title, text) for title, text in worded.select("title", "text").rows()]
    flagged = worded.with_columns(
        is_held_back=pl.Series(held, dtype=pl.Boolean), is_withdrawn=gone | pl.Series(kept_back, dtype=pl.Boolean)
    )
    return flagged.with_columns(pl.when(~pl.col("is_held_back")).then(pl.col("title", "text")).otherwise(pl.lit("")))


def details_of_post(title: str, text: str) -> tuple[Detail, ...]:
    """Give the kinds of personal detail a post seems to hold."""
    # A full stop between them: a role that ends a title and a capital that begins the text are not a name.
    return personal_details(f"{title}. {text}")


def name_shown(column: str, decisions: TextDecisions = UNDECIDED) -> pl.Expr:
    """Give a short wording that is not a post (a title, a question, a reason), '[held back]' where flagged."""

    def shown(wording: str) -> str:
        is_flagged = bool(personal_details(wording))
        return HELD_BACK if decisions.holds_back("", wording, is_flagged=is_flagged) else wording

    return pl.col(column).map_elements(shown, return_dtype=pl.String)


def _has_telephone(wording: str) -> bool:
    if _UK_NUMBER.search(wording):
        return True
    # The matcher reads any country's numbers but takes its time: only where there are digits enough.
    return bool(_MANY_DIGITS.search(wording)) and phonenumbers.PhoneNumberMatcher(wording, "GB").has_next()


def _has_nhs_number(wording: str) -> bool:
    return any(is_nhs_number(re.sub(r"\D", "", found.group())) for found in _TEN_DIGITS.finditer(wording))


_RULES: Final[dict[Detail, Callable[[str], bool]]] = {
    Detail.EMAIL: lambda wording: bool(_EMAIL.search(wording)),
    Detail.HANDLE: lambda wording: bool(_HANDLE.search(wording)),
    Detail.NHS_NUMBER: _has_nhs_number,
    Detail.TELEPHONE: _has_telephone,
    Detail.NATIONAL_INSURANCE: lambda wording: bool(_NINO.search(wording)),
    Detail.POSTCODE: lambda wording: bool(_POSTCODE.search(wording)),
    Detail.NAME: has_name,
}
