// A framework of one's own goes out as a file, to be changed in a spreadsheet program.
const download = (framework, lineage, ending) =>
  window.open(
    `/api/method/sm_planner.api.export_framework?${new URLSearchParams({ framework, lineage, ending })}`,
    "_blank",
    "noopener",
  );

frappe.ui.form.on("SM Assessment Framework", {
  refresh(frm) {
    if (frm.is_new()) return;
    for (const [ending, text] of [[".xlsx", __("As a Workbook")], [".yaml", __("As YAML")]]) {
      frm.add_custom_button(text, () => download(frm.doc.id, frm.doc.lineage, ending), __("Download"));
    }
  },
});
