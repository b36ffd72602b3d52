frappe.listview_settings["SM Feedback"] = {
  add_fields: ["kind", "answer"],
  hide_name_column: true,

  get_indicator({ kind, answer }) {
    if (answer) return [__("Answered"), "green", "answer,is,set"];
    return kind === "Praise"
      ? [__("Needs No Answer"), "gray", "kind,=,Praise|answer,is,not set"]
      : [__("Waits for an Answer"), "orange", "kind,!=,Praise|answer,is,not set"];
  },
};
