"""The plan: one immutable value.

A :class:`Plan` holds everything that is in the scope of one version of a service management plan, in
collections of records. Records name each other by id. Field names are the same here, in the plan file and
in the DocTypes.

The terms are those of ISO/IEC 20000-1:2018, FitSM 3.0 and ITIL.

What is imported here is what several rooms name; a class that only its own subject names is imported from its module.
"""

# ruff: noqa: F401

from sm_planner.engine.model.agreements import (
    Agreement,
    AgreementScope,
    AgreementTarget,
    CustomerRequirement,
    SeverityMapping,
)
from sm_planner.engine.model.commitments import Commitment
from sm_planner.engine.model.duties import RaciEntry, Waiver
from sm_planner.engine.model.facts import Acknowledgement, Evidence, Measurement
from sm_planner.engine.model.goals import (
    BusinessGoal,
    DeclinedCategory,
    Objective,
    ValueStatement,
)
from sm_planner.engine.model.improvements import Improvement, ProgressReport
from sm_planner.engine.model.parties import Person, Role, RoleHolder, Stakeholder, Supplier, Team
from sm_planner.engine.model.plan import (
    COLLECTIONS,
    Answer,
    Beside,
    Collection,
    ContextScan,
    Obligation,
    Plan,
    RelatedPlan,
    Signer,
)
from sm_planner.engine.model.services import (
    Calendar,
    CalendarHoliday,
    CalendarWindow,
    CatalogueEntry,
    Component,
    Process,
    Service,
    ServiceChannel,
    ServiceDependency,
    SupportTier,
)
from sm_planner.engine.model.settings import Settings
from sm_planner.engine.model.tools import Tool, Workaround
from sm_planner.engine.model.vocabulary import (
    AGREEMENT_KINDS,
    DIMENSIONS,
    DRIVERS,
    FLOWS,
    GRADES,
    INFLUENCE,
    LETTERS,
    LEVELS,
    METRICS,
    OBJECTIVE_CATEGORIES,
    PLAN_STATES,
    PRIORITIES,
    RECOVERY_METRICS,
    RESOURCE_KINDS,
    ROLE_KINDS,
    SERVICE_STATES,
    SHARE_METRICS,
    STAKEHOLDER_KINDS,
    TIME_METRICS,
    WEEKDAYS,
)
