// The buttons of a workflow, for who may not read workflows.

/**
 * Let the form take the actions of its workflow by what it knows already.
 *
 * Before each action Frappe 16 asks the server whether the workflow wants it confirmed, and thereby for the right to
 * read workflows: everybody but System Managers is refused (frappe#34991). The workflow came with the form. Frappe 15
 * does not ask, and keeps its own buttons.
 */
export const take_workflow_actions = (frm) => {
  const { states } = frm;
  if (!states.handle_workflow_action) return;
  states.show_actions = () => {
    if (frm.doc.__unsaved) return;
    frappe.workflow.get_transitions(frm.doc).then((transitions) => {
      const taken = transitions.filter((transition) => may_take(frm, transition));
      frm.page.clear_actions_menu();
      for (const transition of taken) {
        frm.page.add_action_item(__(transition.action), () => confirm_action(frm, transition));
      }
      states.setup_btn(taken.length > 0);
    });
  };
};

function may_take({ doc }, { allow_self_approval }) {
  const { user } = frappe.session;
  return allow_self_approval || user === "Administrator" || user !== doc.owner;
}

function confirm_action(frm, transition) {
  const act = () => frm.states.handle_workflow_action(transition);
  if (frappe.workflow.workflows[frm.doctype].enable_action_confirmation) {
    frappe.confirm(__("Are you sure you want to {0}?", [__(transition.action)]), act);
  } else {
    act();
  }
}
