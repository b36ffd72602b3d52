frappe.listview_settings["SM Catalogue Entry"] = {
  add_fields: ["published"],
  hide_name_column: true,

  get_indicator({ published }) {
    return published
      ? [__("Published"), "green", "published,=,1"]
      : [__("Not Published"), "gray", "published,=,0"];
  },
};
