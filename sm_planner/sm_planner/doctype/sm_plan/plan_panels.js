// What the panels of the plan form share.

frappe.provide("sm_planner");

sm_planner.escape = (text) => frappe.utils.escape_html(String(text ?? ""));

sm_planner.url = (method, plan) => `/api/method/sm_planner.api.${method}?plan=${encodeURIComponent(plan)}`;

/** Call the API about a plan; what it answers. Frappe shows what it refuses. */
sm_planner.call = (method, plan, { args, ...options } = {}) =>
  frappe
    .call({ method: `sm_planner.api.${method}`, type: "GET", args: { plan, ...args }, ...options })
    .then((answer) => answer.message);

sm_planner.counted = (count, none, one, many) => (count === 0 ? none : count === 1 ? one : many);

sm_planner.list = (texts) => `<ul>${texts.map((text) => `<li>${sm_planner.escape(text)}</li>`).join("")}</ul>`;

sm_planner.skeleton = (text) => `<div class="smp-skeleton" role="status">
  <span class="sr-only">${text}</span><span></span><span></span><span></span></div>`;

/** A button that goes to a field of the form. */
sm_planner.field_button = (fieldname, text) => link_button("field", fieldname, text);

/** A button that goes to the tab of a field of the form. */
sm_planner.tab_button = (fieldname, text) => link_button("tab", fieldname, text);

function link_button(kind, fieldname, text) {
  return `<button type="button" class="smp-link" data-${kind}="${fieldname}">${sm_planner.escape(text)}</button>`;
}

/** Let the buttons in an area go where they say. */
sm_planner.follow = (frm, $area) => {
  $area.find("[data-field]").on("click", (event) => {
    const { field } = event.currentTarget.dataset;
    frm.scroll_to_field(field, frm.get_field(field).df.fieldtype !== "Table"); // the focus would go to its last row
  });
  $area.find("[data-tab]").on("click", (event) => {
    frm.get_field(event.currentTarget.dataset.tab).tab.set_active();
  });
};

/** Something that fills an HTML field when its tab is shown and the plan is stored. */
sm_planner.Panel = class {
  constructor(frm, fieldname) {
    this.frm = frm;
    this.field = frm.get_field(fieldname);
    this.$area = this.field.$wrapper;
  }

  /** The form shows a plan, perhaps another one or one that was changed: begin anew. */
  refresh() {
    this.fresh = false;
    this.show();
  }

  show() {
    if (this.fresh || !this.field.tab.is_active()) return;
    this.fresh = true;
    if (this.frm.is_new()) {
      this.$area.html(`<p class="text-muted">${this.purpose()}</p>`);
    } else {
      this.load();
    }
  }

  /** Ask the API, and hand on what it answers if the form still shows the same plan and waits for it. */
  ask_for(method, working, then) {
    const question = (this.question = {});
    this.$area.attr("aria-busy", true).html(sm_planner.skeleton(working));
    sm_planner.call(method, this.frm.doc.name).then(
      (answer) => {
        if (question !== this.question) return;
        this.$area.removeAttr("aria-busy");
        then(answer);
      },
      () => {
        if (question !== this.question) return;
        this.$area.removeAttr("aria-busy").html(`<p>${__("This did not work.")}
          <button type="button" class="btn btn-default btn-xs">${__("Try Again")}</button></p>`);
        this.$area.find("button").on("click", () => this.load());
      },
    );
  }
};
