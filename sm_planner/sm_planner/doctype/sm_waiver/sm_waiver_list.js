frappe.listview_settings["SM Waiver"] = {
  add_fields: ["expires", "in_order"],
  hide_name_column: true,

  get_indicator({ expires, in_order }) {
    const today = frappe.datetime.get_today();
    if (!in_order) return [__("Not in Order"), "red", "in_order,=,0"];
    return expires < today
      ? [__("Expired"), "orange", `in_order,=,1|expires,<,${today}`]
      : [__("Approved"), "green", `in_order,=,1|expires,>=,${today}`];
  },
};
