frappe.listview_settings["SM Feedback"] = {
  add_fields: ["kind", "answer"],
  hide_name_column: true,

  get_indicator({ kind, answer }) {
    if (answer) return [__("Answered"), "green", "answer,is,set"];
    return kind === "Praise"
      ? [__("Praise"), "blue", "kind,=,Praise|answer,is,not set"]
      : [__("Not Answered"), "orange", "kind,!=,Praise|answer,is,not set"];
  },
};
