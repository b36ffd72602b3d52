// What the panels of the forms share: they fill an HTML field with what the API says of the document.

frappe.provide("sm_planner");

sm_planner.escape = (text) => frappe.utils.escape_html(String(text ?? ""));

sm_planner.url = (method, plan) => `/api/method/sm_planner.api.${method}?plan=${encodeURIComponent(plan)}`;

/** Call the API about a document, a plan unless said otherwise; what it answers. Frappe shows what it refuses. */
sm_planner.call = (method, name, { about = "plan", args, ...options } = {}) =>
  frappe
    .call({ method: `sm_planner.api.${method}`, type: "GET", args: { [about]: name, ...args }, ...options })
    .then((answer) => answer.message);

/** A time in UTC, given in ISO 8601, as the user writes times, in the user's time zone. */
sm_planner.user_time = (iso) => {
  const { user, system } = frappe.boot.time_zone;
  const format = `${frappe.datetime.get_user_date_fmt().toUpperCase()} ${frappe.datetime.get_user_time_fmt()} z`;
  return moment.utc(iso).tz(user || system).format(format);
};

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

/** Something that fills an HTML field when its tab is shown and the document is stored. */
sm_planner.Panel = class {
  constructor(frm, fieldname, about = "plan") {
    this.frm = frm;
    this.about = about; // what the API calls the document
    this.field = frm.get_field(fieldname);
    this.$area = this.field.$wrapper;
  }

  /** The form shows a document, perhaps another one or one that was changed: begin anew. */
  refresh() {
    this.fresh = false;
    this.show();
  }

  show() {
    if (this.fresh || this.hidden()) return;
    this.fresh = true;
    if (this.frm.is_new()) {
      this.$area.html(`<p class="text-muted">${this.purpose()}</p>`);
    } else {
      this.load();
    }
  }

  /** Whether the panel waits until its tab is shown. */
  hidden() {
    const { tab } = this.field; // none where the form has no tabs
    return Boolean(tab) && !tab.is_active();
  }

  /** Ask the API, and hand on what it answers if the form still shows the same document and waits for it. */
  ask_for(method, working, then) {
    const question = (this.question = {});
    this.$area.attr("aria-busy", true).html(sm_planner.skeleton(working));
    return sm_planner.call(method, this.frm.doc.name, { about: this.about }).then(
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

/** A panel of a form that has only one. */
sm_planner.on_form = (doctype, Panel) =>
  frappe.ui.form.on(doctype, {
    setup(frm) {
      frm.smp_panel = new Panel(frm);
    },
    refresh(frm) {
      frm.smp_panel.refresh();
    },
    on_tab_change(frm) {
      frm.smp_panel.show();
    },
  });

/** A link to a document, by its title. */
sm_planner.document_link = (doctype, name, title) =>
  `<a href="${frappe.utils.get_form_link(doctype, name)}">${sm_planner.escape(title || name)}</a>`;
