frappe.ui.form.on("SM Settings", {
  refresh(frm) {
    if (!frappe.user.has_role("System Manager")) return;
    frm.add_custom_button(__("Load Example Plan"), load_example, __("Example"));
    frm.add_custom_button(__("Remove Example Plan"), clear_example, __("Example"));
  },
});

function load_example() {
  frappe.prompt(
    [
      {
        fieldname: "password",
        fieldtype: "Password",
        label: __("Password for the people of the example"),
        description: __("Every person in the example gets an account, so that you can log in as its sponsor."),
        reqd: 1,
      },
      {
        fieldname: "faulty",
        fieldtype: "Check",
        label: __("With Faults"),
        description: __("Its faulty twin, which shows findings of every family of rules."),
      },
    ],
    async ({ password, faulty }) => {
      const answer = await frappe.call({
        method: "sm_planner.api.load_example",
        type: "POST",
        args: { password, faulty },
        freeze: true,
        freeze_message: __("Loading the example plan …"),
      });
      frappe.set_route("Form", "SM Plan", answer.message);
    },
    __("Load Example Plan"),
    __("Load"),
  );
}

function clear_example() {
  frappe.confirm(__("Remove the example plan, its records and its accounts?"), async () => {
    await frappe.call({ method: "sm_planner.api.clear_example", type: "POST", freeze: true });
    frappe.show_alert({ message: __("The example plan is removed."), indicator: "green" });
  });
}
