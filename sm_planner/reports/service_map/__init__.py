"""The service management map: the whole of support on one page, from the end user to the last component.

``compose`` says what is on it, ``layout`` where everything goes, ``draw`` makes SVG of that.
"""

from sm_planner.reports.service_map.compose import service_map
from sm_planner.reports.service_map.contents import MapPage, ServiceMap, as_table
from sm_planner.reports.service_map.draw import draw

__all__ = ["MapPage", "ServiceMap", "as_table", "draw", "service_map"]
