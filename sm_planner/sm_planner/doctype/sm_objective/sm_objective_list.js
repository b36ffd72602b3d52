frappe.listview_settings["SM Objective"] = {
  add_fields: ["due"],

  get_indicator({ due }) {
    const today = frappe.datetime.get_today();
    if (!due) return [__("No Due Date"), "gray", "due,is,not set"];
    return due < today ? [__("Due"), "orange", `due,<,${today}`] : [__("Ahead"), "blue", `due,>=,${today}`];
  },
};
