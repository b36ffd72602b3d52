frappe.listview_settings["SM Sanity Check"] = {
  add_fields: ["held_on"],
  hide_name_column: true,

  get_indicator({ held_on }) {
    return held_on ? [__("Held"), "green", "held_on,is,set"] : [__("Not Held Yet"), "orange", "held_on,is,not set"];
  },
};
