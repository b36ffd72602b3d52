// Start a Plan: what somebody says who begins, in words; one request makes the plan. And a template taken into a draft.
import { choice, html, show } from "../shared/html.js";
import { load_style } from "../typing/style.js";
import { TemplatePieces, stand_in, tell_taken } from "./pieces.js";

const WITHOUT = "";

/** Ask what a plan is for and what it begins with, and make it. */
export async function start_plan() {
  const choices = await read_choices();
  new StartDialog(choices).show();
}

/** Take pieces of a template into the draft of a form. */
export async function take_from_template(frm) {
  if (frm.is_dirty()) await frm.save();
  const choices = await read_choices();
  new TakeDialog(choices, frm).show();
}

async function read_choices() {
  const choices = await frappe.xcall("sm_planner.api.start_choices", {}, "GET");
  await load_style(choices.style);
  return choices;
}

/** Radio buttons, each with what it means. */
const choice_html = (name, legend, options, chosen) => html`<fieldset class="smp-choice"><legend>${legend}</legend>
  <div class="smp-cards-of-choice">${options.map(
    ({ value, label, about }) => html`<label><input type="radio" name="smp-${name}" value="${value}" ${value === chosen && "checked"}>
      <span>${label} <span class="text-muted small">${about}</span></span></label>`,
  )}</div></fieldset>`;

/** What both dialogs share: a template, what it is for, and its pieces. */
class TemplateDialog {
  constructor(choices) {
    this.choices = choices;
  }

  make(options) {
    this.dialog = new frappe.ui.Dialog({ size: "large", ...options });
    const area = (name) => this.dialog.get_field(name).$wrapper;
    this.pieces = new TemplatePieces(area("pieces"));
    for (const name of this.radios) {
      area(name).on("change", "input", () => this.chosen(name));
    }
  }

  show() {
    this.dialog.show();
  }

  draw(name, legend, options, chosen) {
    show(this.dialog.get_field(name).$wrapper, choice_html(name, legend, options, chosen));
  }

  draw_situations(chosen) {
    this.draw("situation", __("What is the situation?"), this.choices.situations, chosen);
  }

  picked(name) {
    return this.dialog.get_field(name).$wrapper.find("input:checked").val();
  }

  /** A choice was made that decides what there is to take. */
  chosen() {
    const template = this.picked("template");
    this.dialog.get_field("stand_in").toggle(Boolean(template));
    return this.pieces.load({ template: template || "", ...this.about() });
  }

  refuse_without(name, message) {
    if (this.picked(name) !== undefined) return false;
    frappe.show_alert({ message, indicator: "orange" });
    this.dialog.get_field(name).$wrapper.find("input")[0].focus();
    return true;
  }

  async send(method, args) {
    const answer = await frappe.call({ method: `sm_planner.api.${method}`, type: "POST", args, freeze: true });
    this.dialog.hide();
    return answer.message;
  }
}

class StartDialog extends TemplateDialog {
  radios = ["template", "situation", "depth"];

  constructor(choices) {
    super(choices);
    this.make({
      title: __("Start a Plan"),
      fields: this.fields(),
      primary_action_label: __("Start the Plan"),
      primary_action: (values) => this.start(values),
    });
    const without = { value: WITHOUT, label: __("Without a template"), about: __("You write everything yourself.") };
    this.draw("template", __("In which context?"), [...choices.templates, without]);
    this.draw_situations(choices.situations[0].value);
    const depths = choices.depths.map((one) => ({ ...one, about: `${one.about} ${__("{0} rules.", [one.rules])}` }));
    this.draw("depth", __("How deep shall it go? You can raise it later."), depths, depths[0].value);
  }

  fields() {
    const { people, plan_owner, period_start, period_end, why } = this.choices;
    const options = people.map((one) => choice({ value: one, label: one }));
    const person = { fieldtype: "Autocomplete", options, ignore_validation: 1 };
    return [
      {
        fieldname: "unit",
        fieldtype: "Data",
        label: __("What is the plan for?"),
        description: __("The organisation or unit whose services it plans, such as “Town Library”."),
        reqd: 1,
        onchange: () => this.propose_title(),
      },
      { fieldname: "title", fieldtype: "Data", label: __("Title"), reqd: 1 },
      { fieldname: "template", fieldtype: "HTML" },
      { fieldname: "situation", fieldtype: "HTML" },
      { fieldname: "depth", fieldtype: "HTML" },
      { fieldtype: "Section Break" },
      { ...person, fieldname: "plan_owner", label: __("Who owns the plan?"), default: plan_owner, description: __("Writes it and keeps it up to date.") },
      { fieldname: "period_start", fieldtype: "Date", label: __("From"), default: period_start, reqd: 1 },
      { fieldtype: "Column Break" },
      {
        ...person,
        fieldname: "executive_sponsor",
        label: __("Who signs it?"),
        description: __("Somebody of top management. A name that is new here makes a person."),
      },
      { fieldname: "period_end", fieldtype: "Date", label: __("To"), default: period_end, reqd: 1 },
      { fieldtype: "Section Break" },
      { fieldname: "why", fieldtype: "Small Text", label: __("Why?"), description: String(html`${why}`) },
      { fieldname: "pieces", fieldtype: "HTML" },
      stand_in(),
    ];
  }

  about() {
    return { situation: this.picked("situation"), depth: this.picked("depth") };
  }

  /** A title of what the plan is for, while nobody has written another. */
  propose_title() {
    const { unit, title } = this.dialog.get_values(true);
    if (unit && (!title || title === this.proposed)) {
      this.proposed = __("Service Management Plan of {0}", [unit]);
      this.dialog.set_value("title", this.proposed);
    }
  }

  async start(values) {
    if (this.refuse_without("template", __("Choose a context, or go without a template."))) return;
    const { template: _template, situation: _situation, depth: _depth, pieces: _pieces, ...said } = values;
    const template = this.picked("template");
    const asked = { ...said, template, ...this.about(), ...(template && { pieces: this.pieces.chosen }) };
    const plan = await this.send("start_plan", { values: asked });
    frappe.set_route("Form", "SM Plan", plan);
  }
}

class TakeDialog extends TemplateDialog {
  radios = ["template", "situation"];

  constructor(choices, frm) {
    super(choices);
    this.frm = frm;
    this.make({
      title: __("Take from a Template"),
      fields: [
        { fieldname: "template", fieldtype: "HTML" },
        { fieldname: "situation", fieldtype: "HTML" },
        { fieldname: "pieces", fieldtype: "HTML" },
        stand_in(),
      ],
      primary_action_label: __("Take"),
      primary_action: (values) => this.take(values),
    });
    this.draw("template", __("In which context?"), choices.templates);
    this.draw_situations(frm.doc.context_type || choices.situations[0].value);
  }

  about() {
    const { name, depth } = this.frm.doc;
    return { situation: this.picked("situation"), depth: depth || "", plan: name };
  }

  async take({ stand_in: stands_in }) {
    if (this.refuse_without("template", __("Choose a template."))) return;
    const { plan, ...about } = this.about();
    const values = { template: this.picked("template"), ...about, pieces: this.pieces.chosen, stand_in: stands_in };
    tell_taken(await this.send("take_from_template", { plan, values }));
    this.frm.reload_doc();
  }
}

frappe.ui.form.on("SM Plan", {
  refresh(frm) {
    if (frm.is_new() || frm.doc.state !== "Draft" || !frm.perm[0]?.write || !frappe.model.can_create("SM Plan")) return;
    frm.page.add_menu_item(__("Take from a Template"), () => take_from_template(frm));
  },
});
