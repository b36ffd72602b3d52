frappe.listview_settings["SM Waiver"] = {
  add_fields: ["expires", "approver"],

  get_indicator({ expires, approver }) {
    const today = frappe.datetime.get_today();
    if (!approver) return [__("Not Approved"), "orange", "approver,is,not set"];
    if (!expires) return [__("No Expiry"), "orange", "expires,is,not set"];
    return expires < today
      ? [__("Expired"), "red", `expires,<,${today}`]
      : [__("Holds"), "green", `approver,is,set|expires,>=,${today}`];
  },
};
