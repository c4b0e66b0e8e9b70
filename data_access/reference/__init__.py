"""Facts the product rests on: places, staff groups, the People Promise.

The register of the plan lies in this folder too and is read by `data_access.desk.plan_reference`.

Each file's sources and licences are in README.md of this folder. Frames are read once and shared.
"""

from data_access.reference.places import all_icbs, icb_name, icb_named, icb_successors, icbs, region_named, regions
from data_access.reference.workforce import (
    people_promise,
    staff_group_named,
    staff_group_scheme_named,
    staff_group_schemes,
    staff_groups,
)

__all__ = [
    "all_icbs",
    "icb_name",
    "icb_named",
    "icb_successors",
    "icbs",
    "people_promise",
    "region_named",
    "regions",
    "staff_group_named",
    "staff_group_scheme_named",
    "staff_group_schemes",
    "staff_groups",
]
