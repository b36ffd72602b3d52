// The reviews that the rhythm of a plan asks for in the year ahead, planned from their list. The night does the same.

export function plan_reviews(listview) {
  const field = {
    fieldname: "lineage",
    fieldtype: "Link",
    options: "SM Lineage",
    label: __("Plan"),
    description: __("The reviews of the year ahead are planned by its rhythm."),
    reqd: 1,
  };
  const plan = async ({ lineage }) => {
    const { message } = await frappe.call({
      method: "sm_planner.api.plan_reviews",
      args: { lineage },
      freeze: true,
    });
    frappe.show_alert(__("{0} reviews were planned, {1} dropped.", [message.made, message.dropped]));
    listview.refresh();
  };
  frappe.prompt(field, plan, __("Plan Ahead"), __("Plan Ahead"));
}
