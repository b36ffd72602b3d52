// The logs and maps to choose from are one's own uploads, and what was attached to the plan while it was a draft.
frappe.provide("sm_planner.attainment");

sm_planner.attainment.shipped_maps = [{ value: "servicenow-incidents", label: __("ServiceNow incidents") }];

sm_planner.attainment.offer_files = (report) => {
  const plan = report.get_filter_value("plan");
  if (!plan) return Promise.resolve();
  const wanted = {
    filters: { is_folder: 0 },
    or_filters: [
      ["attached_to_name", "=", plan],
      ["attached_to_name", "is", "not set"],
    ],
    fields: ["name", "file_name"],
    order_by: "creation desc",
    limit: 100,
  };
  return frappe.db.get_list("File", wanted).then((files) => {
    const named = (ending) =>
      files
        .filter((file) => ending.test(file.file_name))
        .map((file) => ({ value: file.name, label: frappe.utils.escape_html(file.file_name) }));
    sm_planner.attainment.offer(report, "log", [{ value: "", label: "" }, ...named(/\.csv$/i)]);
    sm_planner.attainment.offer(report, "map", [...sm_planner.attainment.shipped_maps, ...named(/\.ya?ml$/i)]);
  });
};

sm_planner.attainment.offer = (report, fieldname, options) => {
  const filter = report.get_filter(fieldname);
  filter.df.options = options;
  filter.refresh();
};

frappe.query_reports["SLA Attainment"] = sm_planner.reports.about_plan(
  [
    {
      fieldname: "log",
      label: __("Log"),
      fieldtype: "Select",
      options: [],
    },
    {
      fieldname: "map",
      label: __("Map of the Log"),
      fieldtype: "Select",
      options: sm_planner.attainment.shipped_maps,
      default: "servicenow-incidents",
    },
    {
      fieldname: "by",
      label: __("By"),
      fieldtype: "Select",
      options: [
        { value: "service-level", label: __("Agreement") },
        { value: "service", label: __("Service") },
        { value: "priority", label: __("Priority") },
        { value: "party", label: __("Party") },
        { value: "month", label: __("Month") },
      ],
      default: "service-level",
    },
  ],
  {
    onload(report) {
      const offer_files = () => sm_planner.attainment.offer_files(report);
      report.get_filter("plan").on_change = () => offer_files().then(() => report.refresh());
      report.page.add_inner_button(__("Upload a Log or Map"), () => {
        new frappe.ui.FileUploader({
          folder: "Home",
          restrictions: { allowed_file_types: [".csv", ".yaml", ".yml"] },
          on_success: offer_files,
        });
      });
      return sm_planner.reports.choose_plan(report).then(offer_files);
    },
  }
);
