// The scripts of SM Planner in the Desk, which desk.js fetches. Modules register what they are for by being imported;
// the scripts in the folders of DocTypes and reports, which the Desk runs itself, use what stands in `sm_planner`.
import "./fields/numbers.js";
import "./fields/plain_texts.js";
import "./records/records.js";
import "./forms/agreement.js";
import "./forms/delegation.js";
import "./forms/improvement.js";
import "./forms/objective.js";
import "./forms/plan.js";
import "./forms/raci_entry.js";
import "./forms/service.js";
import "./forms/service_calendar.js";
import "./forms/settings.js";
import "./forms/waiver.js";
import { show_owner } from "./lists/board.js";
import { day } from "./lists/days.js";
import { prepare_gantt } from "./lists/gantt.js";
import { import_plan_file } from "./lists/plan_import.js";
import { begin_with_files } from "./reports/attainment_files.js";
import { format, format_letter } from "./reports/cells.js";
import { choose_plan } from "./reports/plan_choice.js";

Object.assign(sm_planner, {
  lists: { day, import_plan_file, prepare_gantt, show_owner },
  reports: { begin_with_files, choose_plan, format, format_letter },
  is_loaded: true,
});
