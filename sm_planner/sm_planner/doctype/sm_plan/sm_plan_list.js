frappe.listview_settings["SM Plan"] = {
  add_fields: ["state", "next_review"],
  hide_name_column: true,

  formatters: {
    next_review(value, df, doc) {
      if (!value) return "";
      const day = frappe.utils.escape_html(frappe.datetime.str_to_user(value));
      const overdue = value < frappe.datetime.get_today() && doc.state === "Active";
      return overdue ? `<span class="indicator-pill red no-indicator-dot">${__("{0}, overdue", [day])}</span>` : day;
    },
  },

  onload(listview) {
    if (frappe.model.can_create("SM Plan")) {
      listview.page.add_inner_button(__("Import Plan File"), () => import_plan_file());
    }
    if (frappe.user.has_role("System Manager")) {
      listview.page.add_menu_item(__("Load or Remove the Example"), () => frappe.set_route("Form", "SM Settings"));
    }
  },
};

function import_plan_file() {
  new frappe.ui.FileUploader({
    folder: "Home/Attachments",
    restrictions: { allowed_file_types: [".yaml", ".yml", ".xlsx"] },
    make_attachments_public: false,
    async on_success(file) {
      const answer = await frappe.call({
        method: "sm_planner.api.import_plan",
        type: "POST",
        args: { file_url: file.file_url },
        freeze: true,
        freeze_message: __("Importing the plan …"),
      });
      frappe.set_route("Form", "SM Plan", answer.message);
    },
  });
}
