// A sanity check: holding it, and the lessons that its differences become.
import { call } from "../shared/api.js";
import { html, joined, show } from "../shared/html.js";
import { Panel, facts_html, on_form } from "../shared/panel.js";
import { document_link } from "../shared/places.js";

class SanitySteps extends Panel {
  constructor(frm) {
    super(frm, "steps_html", "check");
  }

  purpose() {
    return __("Save the sanity check to see here what the plan says of that day.");
  }

  load() {
    this.ask_for("sanity_check_steps", __("Looking at the plan …"), (told) => {
      if (told.may_hold) add_holding(this.frm);
      show(
        this.$area,
        html`<section class="smp-panel" aria-label="${__("What follows")}">
        <p>${standing(this.frm, told)}</p>${answers_html(this.frm, told)}</section>`,
      );
      this.$area.find("[data-number]").on("click", (event) => {
        make_lesson(this.frm, Number(event.currentTarget.dataset.number));
      });
    });
  }
}

/** How the check stands, or what is left to do before it can be held. */
function standing(frm, { lacks }) {
  const { held_on, entered_by } = frm.doc;
  const told = held_on
    ? [html`<strong>${__("Held on {0}", [frappe.datetime.str_to_user(held_on)])}</strong>`]
    : [html`<strong>${__("Not held yet")}</strong>`, lacks];
  if (entered_by) told.push(__("entered by {0}", [entered_by]));
  return joined(told.filter(Boolean), " · ");
}

/** Each question with all that the plan says, what happened, and what became of it. */
function answers_html(frm, { differences, lessons }) {
  return html`<ol class="smp-cards">${(frm.doc.answers || []).map((row, position) => {
    const said = (row.plan_says || __("No data")).split("\n");
    const facts = [
      [__("The Plan Says"), html`<ul>${said.map((line) => html`<li>${line}</li>`)}</ul>`],
      [__("What Really Happened"), row.happened || ""],
      [__("Outcome"), row.outcome ? __(row.outcome) : ""],
    ];
    return html`<li><header><strong>${__(row.question)}</strong></header>
      ${facts_html(facts)}${outcome_html(row, position + 1, differences, lessons)}</li>`;
  })}</ol>`;
}

function outcome_html(row, number, differences, lessons) {
  const lesson = lessons[row.became];
  if (lesson) {
    const action = lesson.action && document_link("SM Improvement", lesson.action, __("Improvement"));
    return html`<p>${__("Lesson")}: ${document_link("SM Lesson", lesson.name, lesson.title)}${
      action ? html` · ${action}` : ""
    }</p>`;
  }
  if (row.became) return html`<p>${__("Lesson")}: ${row.became}</p>`;
  if (!differences.includes(number)) return "";
  return html`<p><button type="button" class="btn btn-default btn-xs" data-number="${number}">${__("Make a Lesson")}</button></p>`;
}

function add_holding(frm) {
  const text = __("Hold Sanity Check");
  frm.remove_custom_button(text);
  frm.add_custom_button(text, () =>
    frappe.confirm(
      String(html`${__("From now on this check counts as held, and what the plan says is kept with it. Hold it?")}`),
      async () => {
        if (frm.is_dirty()) await frm.save();
        await call("hold_sanity_check", frm.doc.name, { about: "check", type: "POST", freeze: true });
        frm.reload_doc();
      },
    ),
  );
  frm.change_custom_button_type(text, null, "primary");
}

function make_lesson(frm, number) {
  frappe.prompt(
    {
      fieldname: "learned",
      fieldtype: "Small Text",
      label: __("What Was Learned"),
      description: __("So that somebody who was not there can act on it. The first line becomes the title."),
      reqd: 1,
    },
    async ({ learned }) => {
      if (frm.is_dirty()) await frm.save();
      await call("make_lesson", frm.doc.name, {
        about: "check",
        args: { number, learned },
        type: "POST",
        freeze: true,
      });
      frm.reload_doc();
    },
    __("Make a Lesson"),
    __("Make"),
  );
}

frappe.ui.form.on("SM Sanity Check", {
  refresh(frm) {
    // The site makes a row for each question. What was held stays as it is.
    frm.set_df_property("answers", "cannot_add_rows", 1);
    frm.set_df_property("answers", "cannot_delete_rows", 1);
    for (const field of ["answers", "service", "customer", "day", "what", "lead"]) {
      frm.set_df_property(field, "read_only", frm.doc.held_on ? 1 : 0);
    }
    name_page(frm);
  },
});

/** By what it is about and its day: the name of a fact says nothing. */
async function name_page(frm) {
  const { service, customer, day } = frm.doc;
  if (frm.is_new() || !(service || customer)) return;
  const [doctype, name] = service ? ["SM Service", service] : ["SM Stakeholder", customer];
  const title = frappe.utils.get_link_title(doctype, name) || (await frappe.utils.fetch_link_title(doctype, name));
  frm.page.set_title([__("Sanity Check"), title || name, frappe.datetime.str_to_user(day)].join(" · "));
}

on_form("SM Sanity Check", SanitySteps);
