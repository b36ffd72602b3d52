frappe.listview_settings["SM Person"] = {
  add_fields: ["account"],
  hide_name_column: true,

  get_indicator({ account }) {
    const colors = { Enabled: "green", Disabled: "red", "Not on This Site": "orange" };
    return account
      ? [__(account), colors[account], `account,=,${account}`]
      : [__("No Account"), "gray", "account,is,not set"];
  },
};
