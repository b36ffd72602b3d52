"""The words that fields of a choice can have, in the spelling of the plan file and of the site."""

from __future__ import annotations

PLAN_STATES = ("Draft", "In Review", "To Sign", "Active", "Superseded")
DEPTHS = ("First Plan", "Grown", "Complete")
"""How much a plan is asked, the least first."""
OFFICES = ("Single Adviser", "Small Office", "Dedicated Office")
"""Kinds of the office that keeps the plan (Mainville 2018)."""
SINGLE_ADVISER = OFFICES[0]
PROVIDER_TYPES = ("Internal", "External", "Both")
CONTEXT_TYPES = ("From Scratch", "Improve", "Transform")
LEVELS = ("Top Management", "Senior Management", "Middle Management", "First Line", "Staff")
"""Levels of authority, the highest first."""
LEADERS = LEVELS[:4]
"""The levels that have to stand behind a plan: all but staff."""
ROLE_KINDS = ("Governance", "Business", "Process", "Service", "Technical", "Partner")
TEAM_KINDS = ("Internal", "External")
SUPPLIER_STATES = ("Keep", "On-board", "Drop")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHIFT_DAYS = ("Every Day", "Monday to Friday", "Saturday and Sunday", *WEEKDAYS)
DAYS_OF_SHIFT = {
    "Every Day": WEEKDAYS,
    "Monday to Friday": WEEKDAYS[:5],
    "Saturday and Sunday": WEEKDAYS[5:],
    **{weekday: (weekday,) for weekday in WEEKDAYS},
}
"""What the days of a shift are called → the days of the week."""
NOBODY, ON_CALL, ON_DUTY = "Nobody", "On Call", "On Duty"
AFTER_HOURS = (NOBODY, ON_CALL, ON_DUTY)
FUNCTIONAL, HIERARCHICAL = "Functional", "Hierarchical"
ESCALATIONS = (FUNCTIONAL, HIERARCHICAL)
"""Where an incident goes that is stuck: to more skill, or to more authority."""
STAKEHOLDER_KINDS = ("Internal Team", "Customer", "Supplier", "Regulator", "Other")
GRADES = ("Low", "Medium", "High", "Critical")
"""How much something matters, the least first."""
INFLUENCE = ("Low", "Medium", "High")
SERVICE_STATES = ("Pipeline", "Design", "Live", "Retiring", "Retired")
COMPONENT_KINDS = ("Application", "Database", "Server", "Network", "Cloud Service", "Facility", "Other")
AGREEMENT_KINDS = ("SLA", "OLA", "UC")
METRICS = (
    "Response",
    "Resolution",
    "Availability",
    "Fulfilment",
    "Quality",
    "Recovery Time",
    "Recovery Point",
    "Hand-over",
    "Reliability",
    "Throughput",
    "Page Time",
    "Own",
)
HAND_OVER, RELIABILITY, THROUGHPUT, PAGE_TIME, OWN = METRICS[7:]
"""How long a tier keeps a ticket that it cannot solve; the time between failures; how much is done in a time; how long a
page takes; and what an agreement calls by a name of its own, with its own unit and direction."""
TIME_METRICS = ("Response", "Resolution", "Fulfilment")
"""Metrics that are counted in service time, from start to end."""
RECOVERY_METRICS = ("Recovery Time", "Recovery Point")
SHARE_METRICS = ("Availability", "Quality")
PRIORITIES = ("P1", "P2", "P3", "P4", "P5")
"""Priorities, the highest first. A target without one holds for all."""
UNITS = (
    "Milliseconds",
    "Seconds",
    "Minutes",
    "Hours",
    "Days",
    "Business Days",
    "Weeks",
    "Percent",
    OWN,
)
ESCALATION_UNITS = ("Minutes", "Hours", "Business Days", "Days")
AT_LEAST, AT_MOST = ("At Least", "At Most")
TARGET_DIRECTIONS = (AT_LEAST, AT_MOST)
"""Which side of its value a metric of one's own has to stay on."""
EACH_CASE, AVERAGE = ("Each Case", "Average")
STATISTICS = (EACH_CASE, AVERAGE)
"""What a value is promised of: of every case, or as many as its share says; or of all cases of a period together."""
OBJECTIVE_CATEGORIES = ("Quality", "Satisfaction", "Customer Experience", "Cost", "Efficiency", "Proactive")
KPI_KINDS = ("Outcome", "Effort")
DIRECTIONS = ("Increase", "Decrease")
LETTERS = ("R", "A", "AR", "C", "I", "N/A")
IMPROVEMENT_KINDS = ("Improvement", "Corrective Action", "Experiment", "Suggestion")
IMPROVEMENT_STATES = NEW, ASSESS, APPROVED, IN_PROGRESS, VERIFY, CLOSED, ON_HOLD, REJECTED = (
    "New",
    "Assess",
    "Approved",
    "In Progress",
    "Verify",
    "Closed",
    "On Hold",
    "Rejected",
)
UNDER_WAY = (IN_PROGRESS, VERIFY)
"""States of an improvement on which work was begun."""
ENDED_IMPROVEMENTS = (CLOSED, REJECTED)
"""States in which nothing is left to do: done, or not to be done."""
CORRECTIVE_ACTION = "Corrective Action"
"""The kind of an improvement that mends what did not conform, and its cause."""
SUGGESTION = "Suggestion"
"""The kind of an improvement that somebody had the idea of, whoever it was."""
IMPROVEMENT_SOURCES = (
    "Assessment",
    "Gap",
    "Missed Target",
    "Review Decision",
    "Feedback",
    "Lesson",
    "Risk",
    "Suggestion",
    "Audit",
    "Other",
)
VERDICTS = ("Reached", "Partly Reached", "Missed")
"""What became of the benefit that an improvement was to bring."""
DIMENSIONS = PEOPLE, PROCESS, TECHNOLOGY = ("People", "Process", "Technology")
PHASE_KINDS = PREPARE, BUILD, ROLL_OUT, OPERATE = ("Prepare", "Build", "Roll Out", "Operate")
"""What is done in a phase of the plan, in the order in which one comes after the other."""
ACCEPTANCE_RESULTS = ACCEPTED, REFUSED = ("Accepted", "Refused")
"""What is said at the checkpoint of a phase."""
BUSY_KINDS = PEAK, LULL, BLACKOUT, MAINTENANCE, GO_LIVE, FLAT = (
    "Peak",
    "Lull",
    "Blackout",
    "Maintenance",
    "Go-live",
    "Flat",
)
"""What the business says of a time: much to do, little to do, nothing may be changed, kept free for upkeep, something new goes
live, or neither peak nor lull."""
REPEATS = DAILY, WEEKLY, MONTHLY, YEARLY = ("Daily", "Weekly", "Monthly", "Yearly")
WHICH_OF_MONTH = ("First", "Second", "Third", "Fourth", "Fifth", "Last")
"""Which of the Mondays of a month."""
FRAMEWORKS = ("ITIL 4", "ITIL v3", "FitSM", "Own")
FLOWS = ("Incident", "Install, Move, Add, Change, Delete", "Change", "Release", "Alerts")
"""What flows through a support model: the first two from the user down, the others up to the user."""
AGREEMENT_STATES = ("Draft", "In Force", "Ended")
THIS_AGREEMENT, GENERAL_AGREEMENT = ("This Agreement", "General Agreement")
PRECEDENCE = (THIS_AGREEMENT, GENERAL_AGREEMENT)
"""Which of two agreements counts where they say different things."""
NOTICE_TO = ANY_DAY, END_OF_MONTH, END_OF_QUARTER, END_OF_YEAR, END_OF_TERM = (
    "Any Day",
    "End of a Month",
    "End of a Quarter",
    "End of a Year",
    "End of the Term",
)
"""The days on which an agreement can end after notice."""
PRIORITY_CHANGES = GOES_ON, STARTS_AGAIN, STAYS = (
    "Clock Goes On",
    "Clock Starts Again",
    "First Target Stays",
)
"""What becomes of a running clock when its ticket gets another priority: the time that has passed counts against the new
target; the new target counts from then on; or the target of the first priority counts to the end."""
DUTY_HOLDERS = ("Provider", "Customer", "Users")
SUPPORT_GRADES = ("Supported", "Best Effort", "Not Supported")
DATA_TOPICS = (
    "Confidentiality",
    "Personal Data",
    "Access",
    "Location",
    "Retention",
    "Backup",
    "Encryption",
    "Security Incidents",
    "Audit",
    "Other",
)
"""What an agreement says of security and data."""
CHARGED_PER = ("Once", "Case", "Month", "Quarter", "Year")
CHANNELS = ("Phone", "E-mail", "Portal", "Chat", "On Site")
RESOURCE_KINDS = ("Process", "People", "Technology", "Information")
OBLIGATION_KINDS = ("Law", "Standard", "Policy", "Contract")
DRIVERS = ("Customers", "Technology", "Market", "Competition")
PROVIDERS = ("Us", "Other")
TOOL_STATES = CONSIDERED, CHOSEN, ORDERED, IN_USE, DROPPED = (
    "Considered",
    "Chosen",
    "Ordered",
    "In Use",
    "Dropped",
)
"""How far a tool has come."""
CHANGE_IMPACTS = NO_IMPACT, LOW_IMPACT, MEDIUM_IMPACT, HIGH_IMPACT = ("None", "Low", "Medium", "High")
"""How much a plan changes how a group works, the least first."""
READINESS = ("Unaware", "Aware", "Willing", "Able", "Practising")
"""How far a group is on its way to a new way of working, the beginning first."""
ENGAGEMENT_KINDS = ("Conversation", "Meeting", "Visit", "Workshop", "Message")
"""How somebody spoke with a stakeholder."""
EVIDENCE_KINDS = ("Decision", "Funding", "Attendance", "Message")
"""What shows that somebody stands behind a plan."""
FREQUENCIES = ("Daily", "Weekly", "Monthly", "Quarterly", "Yearly")
ONCE = "Once"
COMMUNICATION_FREQUENCIES = (ONCE, *FREQUENCIES)
COMMUNICATION_KINDS = LAUNCH, POLICY, SUPERVISOR_BRIEFING, TEAM_BRIEFING, MEETING, UPDATE, SESSION, OTHER = (
    "Launch",
    "Policy",
    "Supervisor Briefing",
    "Team Briefing",
    "Meeting",
    "Status Update",
    "Training Session",
    "Other",
)
"""What is said: that the plan begins, by which policy, to those who lead people and then to the people, and whatever comes back."""
CLARITIES = EASY, HARD = ("Easy to Say", "Hard to Say")
FEEDBACK_KINDS = ("Comment", "Question", "Complaint", "Praise")
PORTAL, GUEST = "Portal", "Guest"
FEEDBACK_SOURCES = (PORTAL, GUEST)
"""Where feedback came from that nobody of the plan took down: an account without the Desk, or nobody known."""
REVIEW_KINDS = ("Plan Review", "Service Review", "Supplier Review", "Planning Slot")
REVIEW_TOPICS = (
    "Earlier Decisions",
    "Changes in Context",
    "Findings and Trends",
    "Opportunities for Improvement",
    "Feedback",
    "Policies",
    "Objectives",
    "Performance of Services",
    "Performance of Other Parties",
    "Resources",
    "Risks",
    "Changes Ahead",
)
"""What a management review looks at: the inputs of ISO/IEC 20000-1, 9.3, in its order."""
DECISION_KINDS = ("Improve", "Change Plan", "Accept Risk", "Resource", "No Action")
TRIGGER_KINDS = ("Goal Changed", "Feedback", "KPI", "Environment")
TRIGGER_STATES = ("Open", "Version Due", "Deferred", "Done")
LESSON_SOURCES = (
    "Transition",
    "Review",
    "Incident",
    "Improvement",
    "Experiment",
    "Sanity Check",
    "Other",
)
EXPERIMENT = "Experiment"
"""The kind of an improvement that tries something out, within a limit."""
NOTE_KINDS = ("Best Practice", "Benchmark", "Trend")
"""What is noted of others: how they do it, what they reach, and where it goes."""
SANITY_QUESTIONS = FIRST_CONTACT, AGREEMENT_HELD, LETTERS_HELD, FIT_OF_DAY, WHO_WAS_TOLD = (
    "First Contact",
    "Agreement",
    "Letters of the RACI",
    "Day and Hours",
    "Who Is Told",
)
"""What a sanity check asks of a transition."""
SANITY_OUTCOMES = AS_PLANNED, OTHERWISE, NOT_KNOWN = ("As Planned", "Otherwise", "Not Known")
"""How what really happened compares with what the plan says."""
RISK_KINDS = (
    "Availability",
    "Continuity",
    "Information Security",
    "Supplier",
    "Change",
    "People",
    "Money",
    "Opportunity",
    "Other",
)
OPPORTUNITY = "Opportunity"
"""The kind of a risk that would help."""
LIKELIHOODS = ("Rare", "Unlikely", "Possible", "Likely", "Almost Certain")
"""How likely a risk is, the least first."""
IMPACTS = ("Negligible", "Minor", "Moderate", "Major", "Severe")
"""How much a risk would change, the least first."""
RISK_ANSWERS = ("Avoid", "Reduce", "Transfer", "Accept", "Pursue")
"""What is done about a risk; an opportunity is pursued."""
ACCEPT = "Accept"
RISK_STATES = ("Open", "Answered", "Occurred", "Closed")
"""An answered risk has become as small as was meant; one that occurred is there, and still looked after."""
BUDGET_KINDS = ONE_OFF, RUNNING = ("One-off", "Running")
INTERVALS = ("Month", "Quarter", "Year")
BUDGET_CATEGORIES = ("Customer Experience", "Cost Reduction", "Scaling Without Cost", "Obligation")
"""What money is asked for (HDI), and what has to be paid in any case."""
BUDGET_STATES = PROPOSAL, GRANTED = ("Proposal", "Approved")
SKILL_KINDS = TECHNICAL, SOFT, FUNDAMENTALS, LEADERSHIP = ("Technical", "Soft", "Fundamentals", "Leadership")
"""What a skill is about: the craft, dealing with people, what everybody must know, leading others."""
SKILL_LEVELS = ("Aware", "Practised", "Advanced", "Expert")
"""How well somebody can do something, the least first."""
SKILL_SOURCES = OWN_WORD, JUDGEMENT, TEST, CERTIFICATE = (
    "Own Word",
    "Judgement of a Lead",
    "Test",
    "Certificate",
)
"""Who, or what, says how well somebody can do something."""
TRAINING_WAYS = ("Course", "Session", "Exercise", "Coaching", "Self-study")
"""How something is learned."""
ATTENDANCE_RESULTS = ATTENDED, PASSED, NOT_PASSED, ABSENT = ("Attended", "Passed", "Not Passed", "Absent")
"""What came of a training for somebody who was meant."""
