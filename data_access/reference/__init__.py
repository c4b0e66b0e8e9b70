"""Facts the product rests on: places, staff groups, the People Promise, the register of the plan.

Each file's sources and licences are in README.md of this folder. Frames are read once and shared.
"""

from data_access.reference.places import all_icbs, icb_name, icb_named, icbs, region_named, regions
from data_access.reference.plan import date_bounds, plan_actions, plan_commitments
from data_access.reference.workforce import people_promise, staff_group_schemes, staff_groups

__all__ = [
    "all_icbs",
    "date_bounds",
    "icb_name",
    "icb_named",
    "icbs",
    "people_promise",
    "plan_actions",
    "plan_commitments",
    "region_named",
    "regions",
    "staff_group_schemes",
    "staff_groups",
]
