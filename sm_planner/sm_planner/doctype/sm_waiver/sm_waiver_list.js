frappe.listview_settings["SM Waiver"] = {
  add_fields: ["expires", "in_order", "status"],
  hide_name_column: true,

  get_indicator({ expires, in_order, status }) {
    const today = frappe.datetime.get_today();
    if (!in_order) return [__("Not in Order"), "red", "in_order,=,0"];
    if (status !== "Approved") {
      return [__(status), status === "Rejected" ? "red" : "blue", `in_order,=,1|status,=,${status}`];
    }
    const approved = "in_order,=,1|status,=,Approved";
    return expires < today
      ? [__("Expired"), "orange", `${approved}|expires,<,${today}`]
      : [__("Approved"), "green", `${approved}|expires,>=,${today}`];
  },
};
