frappe.ui.form.on("SM Improvement", {
  setup(frm) {
    sm_planner.take_workflow_actions(frm);
  },
});
