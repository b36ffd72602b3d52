// A training: who took part, as HRMS and LMS keep it.
import { call } from "../shared/api.js";

const SOURCES = { training_event: "Training Event", course: "LMS Certificate" };

async function take_over(frm) {
  const { added, found } = await call("take_over_attendance", frm.doc.plan, { type: "POST", freeze: true });
  frappe.show_alert({ message: __("Entries of attendance added: {0} of {1}.", [added, found]), indicator: added ? "green" : "blue" });
}

frappe.ui.form.on("SM Training", {
  refresh(frm) {
    const readable = Object.entries(SOURCES).some(([field, source]) => frm.doc[field] && frappe.model.can_read(source));
    if (!frm.is_new() && readable) frm.add_custom_button(__("Take Over Attendance"), () => take_over(frm));
  },
});
