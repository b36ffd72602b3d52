"""The checkout in which these tools stand: whichever is installed, they use the code beside them.

Each tool imports it before anything of ``sm_planner``.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

sys.path.insert(0, str(ROOT))
