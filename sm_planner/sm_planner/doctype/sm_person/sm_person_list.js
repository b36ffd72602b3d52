frappe.listview_settings["SM Person"] = {
  add_fields: ["user", "enabled"],

  get_indicator({ user, enabled }) {
    if (!user) return [__("No Account"), "gray", "user,is,not set"];
    return enabled
      ? [__("Account"), "green", "user,is,set|enabled,=,1"]
      : [__("Disabled"), "red", "user,is,set|enabled,=,0"];
  },
};
