// Frameworks from files, and ours to begin with, from their list.

/** Ask for the plan, and import the frameworks of an uploaded file for it. */
export function import_frameworks(listview) {
  frappe.prompt(
    [{ fieldname: "lineage", fieldtype: "Link", options: "SM Lineage", label: __("Plan"), reqd: 1 }],
    ({ lineage }) =>
      new frappe.ui.FileUploader({
        folder: "Home/Attachments",
        restrictions: { allowed_file_types: [".yaml", ".yml", ".xlsx"] },
        make_attachments_public: false,
        async on_success(file) {
          const { message: names } = await frappe.call({
            method: "sm_planner.api.import_frameworks",
            type: "POST",
            args: { lineage, file_url: file.file_url },
            freeze: true,
          });
          listview.refresh();
          if (names.length === 1) frappe.set_route("Form", "SM Assessment Framework", names[0]);
        },
      }),
    __("For which plan is the framework?"),
    __("Choose a File"),
  );
}

/** Choose one of ours, and download it as a workbook, to change it into one's own. */
export async function download_framework() {
  const known = await frappe.xcall("sm_planner.api.assessment_frameworks", {}, "GET");
  frappe.prompt(
    [
      { fieldname: "framework", fieldtype: "Autocomplete", label: __("Framework"), options: known, reqd: 1 },
      { fieldname: "ending", fieldtype: "Select", label: __("Kind of File"), options: [".xlsx", ".yaml"], default: ".xlsx" },
    ],
    ({ framework, ending }) =>
      window.open(
        `/api/method/sm_planner.api.export_framework?${new URLSearchParams({ framework, ending })}`,
        "_blank",
        "noopener",
      ),
    __("Begin with One of Ours"),
    __("Download"),
  );
}
