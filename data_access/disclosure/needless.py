"""Show again what small cells can do without: worlds are dropped where others cover the same cells."""

from __future__ import annotations

import numpy as np

from data_access.disclosure.protection import Flags, Protection, could_be_small, effects_of, is_covered, proved
from data_access.disclosure.rows import Ints


def without_needless(protection: Protection, must_hide: Flags) -> Protection:
    """Show again, dearest first, cells that small ones can do without, together with the worlds that move them.

    `must_hide` stay hidden. A cover that could be small for all a reader knows keeps its worlds while it is hidden.
    """
    if not protection.worlds:
        return protection
    system, is_small = protection.system, protection.is_small
    effects = effects_of(system, protection.worlds)
    could_be = could_be_small(system, protection.rule, protection.lowest, protection.highest)
    kept = np.ones(len(effects), dtype=np.bool_)
    in_doubt = np.flatnonzero(is_small | could_be).tolist()
    needing = [cell for cell in in_doubt if _is_safe(protection, effects, kept, cell)]
    moved = np.flatnonzero((effects != 0).any(axis=0) & ~must_hide)
    for cell in moved[np.argsort(-system.weight[moved], kind="stable")]:
        without = kept & (effects[:, cell] == 0)
        if (without == kept).all():
            continue
        lost = effects[kept & ~without]
        touched = [other for other in needing if other != cell and (lost[:, other] != 0).any()]
        if all(_is_safe(protection, effects, without, other) for other in touched):
            kept = without
    worlds = [protection.worlds[world] for world in np.flatnonzero(kept)]
    return proved(system, protection.rule, must_hide, worlds, protection.programmes)


def _is_safe(protection: Protection, effects: Ints, kept: Flags, cell: int) -> bool:
    """Say whether a cell is covered, or needs no cover because it can be shown."""
    moves = effects[kept, cell]
    lowest, highest = int(moves.min(initial=0)), int(moves.max(initial=0))
    can_be_shown = not protection.is_small[cell] and lowest == highest == 0
    return can_be_shown or is_covered(protection.system, protection.rule, cell, lowest, highest)
