frappe.listview_settings["SM Sign-off Event"] = {
  add_fields: ["outcome"],

  get_indicator({ outcome }) {
    const colors = { Done: "green", Refused: "red", Noted: "gray" };
    return outcome && [__(outcome), colors[outcome], `outcome,=,${outcome}`];
  },
};
