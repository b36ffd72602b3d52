// A review: its agenda of today, or what was known when it was held; holding it, and what its decisions become.
import { call } from "../shared/api.js";
import { html, joined, show } from "../shared/html.js";
import { Panel, on_form } from "../shared/panel.js";
import { document_link } from "../shared/places.js";

class ReviewAgenda extends Panel {
  constructor(frm) {
    super(frm, "agenda_html", "review");
  }

  purpose() {
    return __("Save the review to see its agenda here.");
  }

  load() {
    this.ask_for("review_agenda", __("Drawing up the agenda …"), (told) => {
      add_buttons(this.frm, told);
      show(
        this.$area,
        html`<section class="smp-panel smp-agenda" aria-label="${__("Agenda")}">
        <p>${standing(this.frm, told)}</p>${steps_html(this.frm, told)}
        ${told.topics.length ? html`<ol class="smp-cards">${told.topics.map(topic_html)}</ol>` : inputs_html(this.frm)}
        </section>`,
      );
      this.$area.find("[data-outcome]").on("click", (event) => {
        const { outcome, number } = event.currentTarget.dataset;
        become(this.frm, Number(number), outcome);
      });
    });
  }
}

/** How the review stands, and how late it is. */
function standing(frm, { state, late }) {
  const { held_on, scheduled, entered_by } = frm.doc;
  const told = [
    html`<strong>${state}</strong>`,
    held_on ? __("on {0}", [frappe.datetime.str_to_user(held_on)]) : "",
    __("scheduled for {0}", [frappe.datetime.str_to_user(scheduled)]),
    late ? __("{0} days late", [late]) : "",
    entered_by ? __("entered by {0}", [entered_by]) : "",
  ];
  return joined(told.filter(Boolean), " · ");
}

/** The decisions, each with what it became or can become. */
function steps_html(frm, { open, became, may_decide }) {
  const { decisions = [], held_on } = frm.doc;
  if (!held_on) return "";
  if (!decisions.length) return html`<p class="text-muted">${__("Enter what was decided under Decisions.")}</p>`;
  return html`<h5>${__("Decisions")}</h5><ul class="smp-cards">${decisions.map(
    (row, position) => html`<li><header><strong>${row.text}</strong></header>
      <div class="text-muted">${joined(facts_of(row), " · ")}</div>
      ${outcome_html(row, position + 1, { open, became, may_decide })}</li>`,
  )}</ul>`;
}

const facts_of = (row) =>
  [
    __(row.kind),
    row.person && (frappe.utils.get_link_title("SM Person", row.person) || row.person),
    row.due && frappe.datetime.str_to_user(row.due),
  ].filter(Boolean);

function outcome_html(row, number, { open, became, may_decide }) {
  const made = became[row.became];
  if (made) return html`<p>${__("Became")} ${document_link(made.doctype, made.name, row.became)}</p>`;
  if (row.became) return html`<p>${__("Became")} ${row.became}</p>`;
  if (row.done_on) return html`<p>${__("Done on {0}", [frappe.datetime.str_to_user(row.done_on)])}</p>`;
  if (!may_decide || !open.includes(number)) return "";
  const button = (outcome, text) =>
    html`<button type="button" class="btn btn-default btn-xs" data-outcome="${outcome}" data-number="${number}">${text}</button> `;
  return html`<p>${button("improvement", __("Make an Improvement"))}${button("trigger", __("Make a Trigger"))}${button(
    "nothing",
    __("Nothing Left to Do"),
  )}</p>`;
}

function topic_html({ name, figures, points, nothing }) {
  const told = points.length
    ? html`<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>`
    : html`<p class="text-muted">${nothing}</p>`;
  return html`<li><header><strong>${name}</strong> <span class="text-muted">${figures}</span></header>${told}</li>`;
}

/** What was known when the review was held. */
function inputs_html(frm) {
  const { inputs = [] } = frm.doc;
  if (!inputs.length) return "";
  return html`<h5>${__("What was known then")}</h5><ol class="smp-cards">${inputs.map((row) =>
    topic_html({ name: __(row.topic), figures: row.figures || "", points: row.text.split("\n") }),
  )}</ol>`;
}

/** What was typed is kept before the server acts. */
const saved = (frm) => frm.is_dirty() && frm.save();

function add_buttons(frm, { may_hold, may_confirm }) {
  const add = (text, method, question) => {
    frm.add_custom_button(text, () =>
      frappe.confirm(String(html`${question}`), async () => {
        await saved(frm);
        await call(method, frm.doc.name, { about: "review", type: "POST", freeze: true });
        frm.reload_doc();
      }),
    );
    frm.change_custom_button_type(text, null, "primary");
  };
  if (may_hold) {
    add(
      __("Hold Review"),
      "hold_review",
      __("From now on this review counts as held, and what is known today is kept with it. Hold it?"),
    );
  }
  if (may_confirm) add(__("I Was There"), "confirm_attendance", __("Confirm that you were at this review?"));
}

function become(frm, number, outcome) {
  const ask = async (kind = "") => {
    await saved(frm);
    await call("decision_becomes", frm.doc.name, {
      about: "review",
      args: { number, outcome, kind },
      type: "POST",
      freeze: true,
    });
    frm.reload_doc();
  };
  if (outcome !== "trigger") {
    ask();
    return;
  }
  frappe.prompt(
    {
      fieldname: "kind",
      fieldtype: "Select",
      label: __("Kind"),
      options: frappe.meta.get_docfield("SM Trigger", "kind").options,
      reqd: 1,
    },
    ({ kind }) => ask(kind),
    __("What makes a new version due?"),
    __("Make a Trigger"),
  );
}

frappe.ui.form.on("SM Review", {
  setup() {
    frappe.model.with_doctype("SM Trigger");
  },

  refresh(frm) {
    const { kind, about, scheduled } = frm.doc;
    if (frm.is_new() || !kind) return;
    const titles = [__(kind), about, frappe.datetime.str_to_user(scheduled)];
    frm.page.set_title(titles.filter(Boolean).join(" · "));
  },
});

on_form("SM Review", ReviewAgenda);
