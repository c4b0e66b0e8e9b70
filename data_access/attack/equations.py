"""What statements say of each other: one unknown for every finest group of people, one equation a count.

Plain facts only: counts are whole and not negative; everybody has one region, board, staff group and type; a
board lies in one region (read off the rows that name both); someone of an element, theme, week or idea is one of
everybody; and everybody is in at least one element, theme and week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from data_access.attack.published import DIVISIONS, Statement

COVERING = ("element", "theme", "week")
Group = tuple[int, str, str, tuple[str, ...]]  # time, family, slice, one label a division ("" where not divided)


@dataclass
class Equations:
    """Unknowns by group; known sums; hidden sums to bound; links as terms that come to no less than nought.

    `growth`: what hidden counts grew by since they were said before, as the later statement, its terms and the earlier
    one's; nothing where both are known.
    """

    unknowns: dict[Group, int] = field(default_factory=dict)
    known: list[tuple[list[int], int]] = field(default_factory=list)
    hidden: list[tuple[Statement, list[int]]] = field(default_factory=list)
    growth: list[tuple[Statement, list[int], list[int]]] = field(default_factory=list)
    links: list[list[tuple[int, int]]] = field(default_factory=list)
    terms_of_shown: dict[int, list[int]] = field(default_factory=dict)  # by identity of the statement


def equations(
    statements: Sequence[Statement], covering: Sequence[str] = COVERING, *, nobody_leaves: bool = False
) -> Equations:
    """Set up everything known of one conversation, without what was only carried.

    `covering` names families everybody is supposed to be in.

    `nobody_leaves`: suppose that no group was smaller at a later time.
    """
    found = Equations()
    regions = _regions(statements)
    by_slice: dict[tuple[int, str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        by_slice[(statement.time, statement.family, statement.slice)].append(statement)
    divided = {key for key, own in by_slice.items() if any(statement.where for statement in own)}
    finest = {family: _divisions(statements, family) for family in {key[1] for key in divided}}
    finest["everyone"] = tuple(name for name in DIVISIONS if any(name in divisions for divisions in finest.values()))
    groups = _groups(statements, regions, finest)
    for key in sorted(divided):
        for labels in groups[key[1]]:
            found.unknowns[(*key, labels)] = len(found.unknowns)
        _add_sums(found, key, by_slice[key], finest[key[1]], groups[key[1]])
    _add_links(found, sorted(divided), finest, groups, covering)
    _add_growth(found, statements)
    if nobody_leaves:
        _add_steps(found)
    return found


def without_carried(statements: Sequence[Statement]) -> list[Statement]:
    """Leave out slices that say in all their tables just what they said before: they were not counted again."""
    said: dict[tuple[str, str], dict[int, set[object]]] = defaultdict(lambda: defaultdict(set))
    for one in statements:
        if one.where:
            said[(one.family, one.slice)][one.time].add((one.table, one.where, one.people, one.is_hidden))
    carried = {
        (time, *key)
        for key, times in said.items()
        for before, time in pairwise(sorted(times))
        if times[before] == times[time]
    }
    return [one for one in statements if (one.time, one.family, one.slice) not in carried]


def _add_growth(found: Equations, statements: Sequence[Statement]) -> None:
    terms = {id(statement): own for statement, own in found.hidden} | found.terms_of_shown
    told: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for one in statements:
        if one.where and id(one) in terms:
            told[(one.table, one.family, one.slice, one.where)].append(one)
    for same in told.values():
        for before, after in pairwise(sorted(same, key=lambda one: one.time)):
            if before.time != after.time and (before.is_hidden or after.is_hidden):
                found.growth.append((after, terms[id(after)], terms[id(before)]))


def _add_steps(found: Equations) -> None:
    times: dict[tuple[str, str, tuple[str, ...]], list[tuple[int, int]]] = defaultdict(list)
    for (time, family, slice_, labels), unknown in found.unknowns.items():
        times[(family, slice_, labels)].append((time, unknown))
    for same in times.values():
        found.links += [[(after, 1), (before, -1)] for (_, before), (_, after) in pairwise(sorted(same))]


def _regions(statements: Iterable[Statement]) -> Mapping[str, str]:
    """Read off which region each board lies in; a board's name alone may be "Not stated" in several."""
    pairs = {
        (where["icb"], where["region"])
        for where in (dict(statement.where) for statement in statements)
        if "icb" in where and "region" in where
    }
    return {f"{region}|{icb}": region for icb, region in pairs}


def _divisions(statements: Iterable[Statement], family: str) -> tuple[str, ...]:
    used = {name for statement in statements if statement.family == family for name, _ in statement.where}
    return tuple(name for name in DIVISIONS if name in used)


def _groups(
    statements: Sequence[Statement], regions: Mapping[str, str], finest: Mapping[str, tuple[str, ...]]
) -> dict[str, list[tuple[str, ...]]]:
    """Give every finest group that no count of nought rules out among everybody."""
    labels = {name: sorted({dict(s.where)[name] for s in statements if name in dict(s.where)}) for name in DIVISIONS}
    nobody = {s.where for s in statements if s.family == "everyone" and s.where and s.people == 0}
    answer = {}
    for family, divisions in finest.items():
        places = (
            [(region, board.split("|", 1)[1]) for board, region in sorted(regions.items())]
            if "icb" in divisions
            else [(region, "") for region in labels["region"]]
            if "region" in divisions
            else [("", "")]
        )
        rest: list[list[str]] = [labels[name] if name in divisions else [""] for name in DIVISIONS[2:]]
        every = [(*place, *others) for place in places for others in product(*rest)]
        answer[family] = [group for group in every if not _is_ruled_out(group, nobody)]
    return answer


def _is_ruled_out(group: tuple[str, ...], nobody: set[tuple[tuple[str, str], ...]]) -> bool:
    named = dict(zip(DIVISIONS, group, strict=True))
    ways = [("region",), ("region", "icb"), ("staff_group",), ("region", "staff_group"), ("region", "participant_type")]
    return any(tuple((name, named[name]) for name in way) in nobody for way in ways)


def _add_sums(
    found: Equations,
    key: tuple[int, str, str],
    statements: Sequence[Statement],
    divisions: tuple[str, ...],
    groups: Sequence[tuple[str, ...]],
) -> None:
    used = {tuple(name for name, _ in statement.where) for statement in statements}
    for names in sorted(used):
        members: dict[tuple[tuple[str, str], ...], list[int]] = defaultdict(list)
        for labels in groups:
            where = tuple((name, labels[DIVISIONS.index(name)]) for name in names)
            members[where].append(found.unknowns[(*key, labels)])
        for statement in statements:
            if tuple(name for name, _ in statement.where) != names:
                continue
            terms = members.get(statement.where, [])
            if statement.people is not None:
                found.known.append((terms, statement.people))
                found.terms_of_shown[id(statement)] = terms
            elif statement.where and statement.is_hidden:
                found.hidden.append((statement, terms))


def _add_links(
    found: Equations,
    keys: Sequence[tuple[int, str, str]],
    finest: Mapping[str, tuple[str, ...]],
    groups: Mapping[str, Sequence[tuple[str, ...]]],
    covering: Sequence[str],
) -> None:
    for time in sorted({key[0] for key in keys}):
        newest = _newest(keys, time)
        if ("everyone", "") not in newest:
            continue
        for family in sorted({key[1] for key in keys if key[0] == time} - {"everyone"}):
            slices = [(newest[key], *key) for key in sorted(newest) if key[0] == family]
            whole = defaultdict(list)
            for labels in groups["everyone"]:
                shortened = tuple(
                    label if name in finest[family] else "" for name, label in zip(DIVISIONS, labels, strict=True)
                )
                whole[shortened].append(found.unknowns[(newest[("everyone", "")], "everyone", "", labels)])
            for labels in groups[family]:
                parts = [found.unknowns[(*key, labels)] for key in slices]
                everybody = whole.get(labels, [])
                found.links += [[*((one, 1) for one in everybody), (part, -1)] for part in parts]
                if family in covering:
                    found.links.append([*((part, 1) for part in parts), *((one, -1) for one in everybody)])


def _newest(keys: Sequence[tuple[int, str, str]], time: int) -> dict[tuple[str, str], int]:
    """Give the time each slice was last counted anew, up to a time."""
    return {(family, slice_): at for at, family, slice_ in sorted(keys) if at <= time}
