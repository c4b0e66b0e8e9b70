"""The snapshots a viewer may open: what each is of, its files, and whether it is as it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.components.small_print import small
from dashboard.context import Context
from dashboard.permissions import Right, can, own_regions
from dashboard.taking_away import taken
from dashboard.wording import counted, day, escape, moment
from data_access.desk import snapshots as register
from data_access.desk.engine import reading
from data_access.desk.snapshots import DELETED, FIGURES, FOLDER, Kept
from data_access.problems import Tampered

SHOWN: Final = 20
MEDIA: Final = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
ANY: Final = "application/octet-stream"


def show(context: Context) -> list[Kept]:
    """List the newest snapshots within the viewer's scope; give all within it."""
    with reading(context.desk) as connection:
        kept = [one for one in register.snapshots(connection) if is_open_to(context, one)]
    with st.container(border=True, key="card-snapshot-list"):
        st.header(f"{counted(len(kept), 'snapshot')} kept" if kept else "No snapshot yet", anchor=False)
        if not kept:
            st.markdown("The first one you take will stand here, with its files.")
        for one in kept[:SHOWN]:
            _entry(context, one)
        if len(kept) > SHOWN:
            st.markdown(f"The newest {SHOWN} are shown; `lookforward snapshot list` names all.")
    return kept


def is_open_to(context: Context, kept: Kept) -> bool:
    """Say whether a snapshot lies within the viewer's scope: theirs, or one of no more regions than they may see."""
    mine = own_regions(context.viewer)
    return mine is None or (bool(kept.regions) and set(kept.regions) <= mine)


def _entry(context: Context, kept: Kept) -> None:
    with st.expander(
        f"{kept.number}. {escape(kept.name)} · {day(kept.taken_at.date())}", key=f"snapshot-{kept.number}"
    ):
        try:
            manifest = register.manifest_of(context.home, kept)
        except Tampered as problem:
            st.error(escape(str(problem)))
            return
        st.markdown(_about(kept, manifest))
        if can(context.viewer, Right.EXPORT):
            _files(context, kept, [name for name in manifest["files"] if name != FIGURES])
        if st.button("Check the files", key=f"verify-{kept.number}"):
            _verified(context, kept)


def _about(kept: Kept, manifest: dict[str, Any]) -> str:
    lines = (
        f"Release {kept.release} of {escape(manifest['published_at'][:10])}; plan as at {day(kept.plan_as_at)}.",
        f"Filters: {escape(manifest['filters'])}. Threshold: {manifest['threshold']}.",
        f"Pages: {escape(', '.join(kept.pages))}; {counted(len(manifest['figures']), 'figure')}.",
        small(f"Taken {moment(kept.taken_at)} UTC by {escape(kept.taken_by)} ({escape(kept.role)})."),
    )
    return "  \n".join(lines)


def _files(context: Context, kept: Kept, names: Sequence[str]) -> None:
    with st.container(horizontal=True):
        for name in names:
            if (context.home / FOLDER / f"{kept.number:04d}" / f"{name}{DELETED}").is_file():
                st.markdown(f"{_ending(name)}: deleted, because it showed wording that was withdrawn since.")
                continue
            st.download_button(
                f"Download {_ending(name)}",
                data=partial(_file, context, kept, name),
                file_name=name,
                mime=MEDIA.get(Path(name).suffix, ANY),
                on_click="ignore",
                key=f"snapshot-{kept.number}-{name}",
            )


def _file(context: Context, kept: Kept, name: str) -> bytes:
    told, make = f"snapshot {kept.number}: {name}", partial(register.file_of, context.home, kept, name)
    return taken(context.viewer, context.desk, Right.EXPORT, told, make, release=kept.release)


def _verified(context: Context, kept: Kept) -> None:
    faults = register.faults_of(context.home, kept)
    for fault in faults:
        st.error(escape(fault))
    if not faults:
        st.success("Every file is as it was taken.")


def _ending(name: str) -> str:
    return Path(name).suffix.lstrip(".").upper()
