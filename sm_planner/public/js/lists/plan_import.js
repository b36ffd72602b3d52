// Plans from files, begun in their list.

export function import_plan_file() {
  new frappe.ui.FileUploader({
    folder: "Home/Attachments",
    restrictions: { allowed_file_types: [".yaml", ".yml", ".xlsx"] },
    make_attachments_public: false,
    async on_success(file) {
      const { message: made } = await frappe.call({
        method: "sm_planner.api.import_plan",
        type: "POST",
        args: { file_url: file.file_url },
        freeze: true,
        freeze_message: __("Importing the plan …"),
      });
      if (made.job) {
        follow_import(made.job);
      } else {
        frappe.set_route("Form", "SM Plan", made);
      }
    },
  });
}

const ASKED_EVERY = 3000; // milliseconds

/** Show how far a long import is, until it ends. It goes on where its user closes this, who has a bell then. */
function follow_import(job) {
  const title = __("Importing the plan");
  const ask = async () => {
    const { state, done, of, plan, told } = await frappe.xcall("sm_planner.api.import_state", { job }, "GET");
    if (["Queued", "Running"].includes(state)) {
      frappe.show_progress(title, done, of || 1, __("This takes a few minutes. You will be notified when it is done."));
      setTimeout(ask, ASKED_EVERY);
      return;
    }
    frappe.hide_progress();
    if (plan) frappe.set_route("Form", "SM Plan", plan);
    if (told.length || !plan) {
      frappe.msgprint({
        title: plan ? title : __("The plan was not imported"),
        message: told.length ? told : [__("The job was stopped. Nothing of the plan was saved.")],
        as_list: true,
        indicator: plan ? "orange" : "red",
      });
    }
  };
  ask();
}
