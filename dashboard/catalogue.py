"""The pages there are: found by walking the folder `pages/`, in the order they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pages
from dashboard.permissions import Viewer, can_open, roles_of
from dashboard.specs import Page
from data_access.problems import NothingThere


@dataclass(frozen=True)
class Found:
    """A page's record and the function that renders it: from a `Context`, or from an `Office` if it is one."""

    page: Page
    render: Callable[[Any], None]


@cache
def all_pages() -> tuple[Found, ...]:
    """Give every page by its order. A page whose roles are not roles is a fault: `ValueError`."""
    names = [module.name for module in iter_modules(pages.__path__) if not module.name.startswith("_")]
    modules = [import_module(f"{pages.__name__}.{name}") for name in names]
    found = [Found(module.PAGE, module.render) for module in modules]
    for one in found:
        roles_of(one.page)
    return tuple(sorted(found, key=lambda one: (one.page.order, one.page.url)))


def pages_for(viewer: Viewer) -> tuple[Found, ...]:
    """Give the pages a viewer may open."""
    return tuple(found for found in all_pages() if can_open(viewer, found.page))


def grouped(found: Sequence[Found]) -> dict[str, tuple[Found, ...]]:
    """Give pages by the group of the menu they stand in, in their order; '' holds those that stand in the bar itself.

    A group of one page would cost a click for nothing: its page stands in the bar.
    """
    groups: dict[str, list[Found]] = {"": []}
    for one in found:
        groups.setdefault(one.page.section, []).append(one)
    alone = [name for name, members in groups.items() if name and len(members) == 1]
    groups[""] += [member for name in alone for member in groups.pop(name)]
    return {name: tuple(members) for name, members in groups.items() if members}


def landing_url() -> str:
    """Give the name of the first page, which is shown at the root; nothing without pages."""
    return all_pages()[0].page.url if all_pages() else ""


def figure_pages() -> tuple[Page, ...]:
    """Give the pages that make a board paper: those that name figures."""
    return tuple(found.page for found in all_pages() if found.page.figures)


def figures_of(urls: Sequence[str]) -> list[str]:
    """Give the metrics of pages by their addresses, each once, in the pages' order.

    Raises `NothingThere` for an address that is none, or of a page without figures.
    """
    offered = {page.url: page for page in figure_pages()}
    for url in urls:
        if url not in offered:
            raise NothingThere(f"There is no page '{url}' with figures. Pages: {', '.join(offered)}.")
    return list(dict.fromkeys(key for url, page in offered.items() if url in urls for key in page.figures))
