// A lesson: the improvement that it becomes.
import { offer_action } from "../shared/outcomes.js";

frappe.ui.form.on("SM Lesson", {
  refresh(frm) {
    const { action, no_action, learned, title, lesson_owner } = frm.doc;
    if (!action && !no_action) {
      offer_action(frm, "act_on_lesson", "lesson", { doing: learned || title, owner: lesson_owner });
    }
  },
});
