"""Names of people, by cues that one follows or precedes, and by common given names with a surname.

Rules can be read and argued with. Wards, hospitals and awards that are called after people are no names of
colleagues, so what is followed by such a word, or holds a word of the organisation, is left alone.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

# Whole words: part of one would slip past what must not follow it.
_NAME: Final = r"[A-ZÀ-ÖØ-Þ][\w'’-]*[a-zà-öø-ÿ][\w-]*(?:['’](?!s\b)\w+)?(?![\w-])"
_NOT_NAMES: Final = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|June|July|August|September|"
    r"October|November|December|England|Wales|Scotland|Trust|Covid|Teams|The|This|That|They|There|When|What|But|And|"
    r"Please|Also|It|We|You|He|She|Who|Our|My|If|In|On|As|So|No|Not|Yes|Thank|Thanks)\b)"
)
_TITLED: Final = re.compile(
    rf"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Rev|Dame)\b\.?\s+(?:[A-Z]\.?\s+)*{_NOT_NAMES}{_NAME}"
)
_RELATION: Final = (
    r"(?:line[ -]?manager|manager|boss|supervisor|team lead(?:er)?|director|head of \w+|matron|consultant|nurse|"
    r"colleague|mentor|coach|clinical lead|business partner|chief executive|ceo|secretary|assistant|husband|wife|"
    r"partner|son|daughter|mother|father|friend|patient)"
)
_RELATED: Final = re.compile(
    rf"\b(?i:my|our|his|her|their|the|a|former|ex|old|new)[ -](?i:{_RELATION})"
    rf"(?:\s*[,:(–-]\s*|\s+)(?i:(?:is|was|called|named)\s+)?"
    rf"{_NOT_NAMES}{_NAME}(?:\s+{_NAME})?"
)
# Words that make a capitalised pair an organisation, a post or a campaign, not a person.
_INSTITUTION: Final = (
    r"(?:Academy|Affairs|Agenda|Ambulance|Association|Award|Awards|Band|Bank|Board|Building|Bus|Business|Care|Centre|"
    r"Clinic|College|Commission|Committee|Communications|Community|Council|County|Coroner|Council|Day|Department|"
    r"Development|Digital|Director|Directorate|Division|Education|England|Estates|Executive|Facilities|Finance|"
    r"Flexible|Foundation|Freedom|Group|Guardian|Head|Health|History|Holiday|Hospital|Hospitals|House|Human|"
    r"Improvement|Inclusion|Information|Infirmary|International|Learning|London|Management|Manager|Mental|Month|NHS|"
    r"National|Network|Nursing|Occupational|Office|Officer|Organisation|Park|Partners|Partnership|Pathology|Patient|"
    r"Payroll|People|Pharmacy|Planning|Police|Practice|Primary|Programme|Promise|Radiology|Recruitment|Report|"
    r"Resources|Road|Royal|School|Scotland|Secretary|Service|Services|Sister|Speak|Square|Staff|State|Street|Support|"
    r"System|Team|Teams|Theatre|Training|Trust|Union|Unison|Unit|University|Wales|Ward|Week|Wellbeing|Wing|"
    r"Workforce|Working)\b"
)
_PERSON: Final = rf"{_NOT_NAMES}(?!{_INSTITUTION}){_NAME}(?:-{_NAME})?\s+(?!{_INSTITUTION}){_NAME}(?!\s+{_INSTITUTION})"
_ONE: Final = rf"{_NOT_NAMES}(?!{_INSTITUTION}){_NAME}(?!\s+{_INSTITUTION})"
# 'the Florence Nightingale ward' and 'Elizabeth House' are places.
_PLACE_FOLLOWS: Final = (
    r"(?!(?:[\s-]+[A-Z]\w+)?\s+(?i:ward|wards|unit|hospitals?|house|wing|building|centre|college|award|trust|street|"
    r"road|park|room|suite|clinic|site|block|theatre|infirmary)\b)"
)
_INTRODUCED: Final = re.compile(
    rf"\b(?i:my name is|my name's|i am called|named|signed|regards|sincerely)[,:]?\s+{_NOT_NAMES}{_NAME}"
    rf"|\b(?i:contact|ask for|speak to|spoke to|talk to|talked to|e-?mail|ring|call|thanks to|reported to|bullied by|"
    rf"managed by|works? (?:for|with)|i am|i'm)\s+{_PERSON}{_PLACE_FOLLOWS}"
)
_ROLE: Final = (
    r"(?:line[ -]?manager|manager|boss|supervisor|team lead(?:er)?|director|matron|consultant|nurse|colleague|mentor|"
    r"coach|chief executive|ceo|husband|wife|partner|son|daughter|mother|father|friend)"
)
_DEPARTMENT: Final = r"(?:payroll|hr|finance|it|estates|recruitment|procurement|accounts|pharmacy|theatres|a&e|icu)"
_DEED: Final = (
    r"(?:told|said|says|shouted|bullied|refused|ignored|promised|wrote|sent|signed|threatened|blamed|laughed|cried|"
    r"resigned|harassed|emailed|rang|never|always)"
)
_MORE: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(rf"\b(?:Sister|Nurse|Matron|Sir|Lord|Lady|Dame|Canon|Father|Imam|Rabbi)\s+{_ONE}{_PLACE_FOLLOWS}"),
    re.compile(
        rf"\b(?i:ask(?:ed)?|tell|told|e-?mail(?:ed)?|saw|met|rang|phoned|messaged|texted|cc'd|thank|signed(?: off)? by|"
        rf"written by|sent by|interviewed by|led by|as)\s+{_PERSON}{_PLACE_FOLLOWS}"
    ),
    re.compile(rf"\b{_PERSON}\s+(?i:is|was|became)\s+(?i:my|our|his|her|their|the|a)\s+(?i:{_ROLE})\b"),
    re.compile(rf"\b{_PERSON}\s*,\s*(?i:(?:the|my|our)\s+)?(?i:\w+ )?(?i:{_ROLE})\b"),
    re.compile(rf"\b{_PERSON}\s+(?i:{_DEED})\b"),
    re.compile(rf"\b{_PERSON}['’]s\s+(?i:team|shift|rota|office|desk|sickness|pay|appraisal|grievance|leave)\b"),
    # Not at the start of a sentence, where 'Vacancies in HR' is no person; common given names are found there too.
    re.compile(rf"(?<=[a-z,] )\b{_ONE}\s+(?i:in|from|at)\s+(?i:{_DEPARTMENT})\b"),
)


def has_name(wording: str) -> bool:
    """Whether a wording seems to name somebody."""
    return any(pattern.search(wording) for pattern in (_TITLED, _RELATED, _INTRODUCED, *_MORE, *given_names()))


@cache
def given_names() -> tuple[re.Pattern[str], ...]:
    """Give the patterns that rest on common given names: with a surname, from a department, in any case after a role.

    'the John Radcliffe' is a hospital: people are seldom called 'the'.
    """
    lines = Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8").splitlines()
    names = "|".join(re.escape(line.strip()) for line in lines if line.strip() and not line.startswith("#"))
    surname = rf"(?!{_INSTITUTION}){_NOT_NAMES}{_NAME}(?!\s+{_INSTITUTION}){_PLACE_FOLLOWS}"
    return (
        re.compile(rf"(?<![Tt]he )\b(?:{names})(?:-{_NAME})?\s+{surname}"),
        re.compile(rf"\b(?:{names})\s+(?i:in|from|at)\s+(?i:{_DEPARTMENT})\b"),
        re.compile(rf"(?i)\b(?:my|our|his|her|their)\s+{_ROLE},?\s+(?:{names})\b"),
    )
