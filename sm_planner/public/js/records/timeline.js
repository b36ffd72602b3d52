/** Let the timeline tell titles where versions hold the names of what links lead to. */
export function tell_titles(frm) {
  const titles = frm.doc.__onload?.sm_planner?.titles || {};
  const told_by = (doctype, [field, ...values]) => {
    const { options } = frappe.meta.get_docfield(doctype, field) || {};
    return [field, ...values.map((value) => titles[options]?.[value] || value)];
  };
  let changed = false;
  for (const version of frm.get_docinfo()?.versions || []) {
    const data = JSON.parse(version.data || "{}");
    data.changed = data.changed?.map((change) => told_by(frm.doctype, change));
    for (const row of data.row_changed || []) {
      const { options } = frappe.meta.get_docfield(frm.doctype, row[0]) || {};
      row[3] = row[3].map((change) => told_by(options, change));
    }
    const told_now = JSON.stringify(data);
    changed ||= told_now !== version.data;
    version.data = told_now;
  }
  if (changed) frm.timeline?.refresh();
}
