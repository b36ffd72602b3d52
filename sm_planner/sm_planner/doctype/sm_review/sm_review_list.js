frappe.listview_settings["SM Review"] = {
  add_fields: ["kind", "scheduled", "moved_to", "skip_reason", "held_on", "day"],
  hide_name_column: true,

  before_render() {
    const word_of = ({ held_on, skip_reason, day }) => {
      if (held_on) return "held";
      if (skip_reason) return "skipped";
      return day < frappe.datetime.get_today() ? "late" : "planned";
    };
    sm_planner.lists.prepare_gantt(word_of);
  },

  // As the engine sees it; how late a review is, is counted from the day on which it was scheduled.
  get_indicator({ scheduled, moved_to, skip_reason, held_on, day }) {
    const today = frappe.datetime.get_today();
    if (held_on) {
      const late = frappe.datetime.get_day_diff(held_on, scheduled);
      return [late > 0 ? __("Held {0} days late", [late]) : __("Held"), "green", "held_on,is,set"];
    }
    if (skip_reason) return [__("Skipped"), "gray", "held_on,is,not set|skip_reason,is,set"];
    const open = "held_on,is,not set|skip_reason,is,not set";
    if (day < today) {
      const late = frappe.datetime.get_day_diff(today, scheduled);
      return [__("{0} days late", [late]), "red", `${open}|day,<,${today}`];
    }
    if (moved_to) return [__("Moved"), "orange", `${open}|day,>=,${today}|moved_to,is,set`];
    return [__("Planned"), "blue", `${open}|day,>=,${today}|moved_to,is,not set`];
  },

  onload(listview) {
    if (frappe.model.can_write("SM Lineage")) {
      listview.page.add_inner_button(__("Plan Ahead"), () => sm_planner.lists.plan_reviews(listview));
    }
    listview.page.add_inner_button(__("Reviews and Decisions"), () =>
      frappe.set_route("query-report", "Reviews and Decisions"),
    );
  },
};
