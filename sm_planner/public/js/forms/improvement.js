import { take_workflow_actions } from "../shared/workflow_actions.js";

frappe.ui.form.on("SM Improvement", { setup: take_workflow_actions });
