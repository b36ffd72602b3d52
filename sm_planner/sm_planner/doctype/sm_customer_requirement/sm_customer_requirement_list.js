frappe.listview_settings["SM Customer Requirement"] = {
  add_fields: ["provider", "declined"],
  hide_name_column: true,

  get_indicator({ provider, declined }) {
    if (declined) return [__("Declined"), "gray", "declined,is,set"];
    return provider === "Other"
      ? [__("Another Provider"), "orange", "provider,=,Other"]
      : [__("Asked of Us"), "blue", "provider,!=,Other|declined,is,not set"];
  },
};
