// The scripts of SM Planner in the Desk, which desk.js fetches. Modules register what they are for by being imported;
// the scripts in the folders of DocTypes and reports, which the Desk runs itself, use what stands in `sm_planner`.
import "./fields/numbers.js";
import "./fields/plain_texts.js";
import "./records/records.js";
import "./records/agreement_terms.js";
import "./records/measured.js";
import "./typing/copy.js";
import "./typing/grid_paste.js";
import "./forms/agreement.js";
import "./forms/assessment.js";
import "./forms/assessment_framework.js";
import "./forms/delegation.js";
import "./forms/gap_decision.js";
import "./forms/improvement.js";
import "./forms/lesson.js";
import "./forms/lineage.js";
import "./forms/objective.js";
import "./forms/plan.js";
import "./forms/progress_sheet.js";
import "./forms/raci_entry.js";
import "./forms/report_spec.js";
import "./forms/review.js";
import "./forms/risk.js";
import "./forms/sanity_check.js";
import "./forms/service.js";
import "./forms/service_calendar.js";
import "./forms/settings.js";
import "./forms/stakeholder.js";
import "./forms/tool.js";
import "./forms/training.js";
import "./forms/waiver.js";
import { show_assessment } from "./assess/page.js";
import { show_plan_guide } from "./guide/page.js";
import { download_framework, import_frameworks } from "./lists/framework_import.js";
import { about, call_column } from "./lists/about.js";
import { show_owner } from "./lists/board.js";
import { day, instant } from "./lists/days.js";
import { prepare_gantt } from "./lists/gantt.js";
import { import_plan_file } from "./lists/plan_import.js";
import { plan_reviews } from "./lists/review_planning.js";
import { show_service_map } from "./map/page.js";
import { title_of } from "./records/title.js";
import { offer_fits } from "./records/mark.js";
import { start_plan, take_from_template } from "./plan/start.js";
import { show_part } from "./part/page.js";
import { show_executive_view } from "./executive/page.js";
import { show_raci_sheet } from "./raci/page.js";
import { show_roadmap } from "./roadmap/page.js";
import { plan_column } from "./shared/versions.js";
import { begin_with_files } from "./reports/attainment_files.js";
import { format, format_letter } from "./reports/cells.js";
import "./reports/pages.js";
import { choose_plan } from "./reports/plan_choice.js";
import { begin_with_sheet } from "./reports/raci_sheet.js";
import { pick_records } from "./typing/pick.js";
import { add_several } from "./typing/several.js";

Object.assign(sm_planner, {
  add_several,
  pick_records,
  lists: {
    about,
    call_column,
    day,
    download_framework,
    import_frameworks,
    import_plan_file,
    instant,
    plan_column,
    offer_fits,
    plan_reviews,
    prepare_gantt,
    show_owner,
    title_of,
  },
  pages: {
    show_assessment,
    show_executive_view,
    show_part,
    show_plan_guide,
    show_raci_sheet,
    show_roadmap,
    show_service_map,
  },
  reports: { begin_with_files, begin_with_sheet, choose_plan, format, format_letter },
  start_plan,
  take_from_template,
  is_loaded: true,
});
