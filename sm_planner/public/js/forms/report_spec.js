// A report to people: what was issued, what its readers say, and the word of the user.
import { call } from "../shared/api.js";
import { html, show } from "../shared/html.js";
import { Panel, facts_html, list, on_form } from "../shared/panel.js";

const OF_PLAN = new Set(["Monthly Progress Sheet"]); // what is no report of the Desk

class ReportStanding extends Panel {
  constructor(frm) {
    super(frm, "standing_html", "report");
  }

  purpose() {
    return __("Save the report to see here what was issued, and what its readers say.");
  }

  load() {
    this.ask_for("report_standing", __("Looking at the report …"), (told) => {
      show(this.$area, html`<section class="smp-panel" aria-label="${__("How It Stands")}">${standing_html(told)}</section>`);
      if (told.ask) ask_for_word(this.frm, told);
    });
  }
}

function standing_html({ due, late, issues, makes_sense, lacking, silent }) {
  const next = due && html`<span class="indicator-pill ${late ? "red" : "blue"}">${frappe.datetime.str_to_user(due)}</span>`;
  const came = issues.map(({ period_end, day, outcome, decisions }) =>
    [
      __("{0}, issued on {1}", [frappe.datetime.str_to_user(period_end), frappe.datetime.str_to_user(day)]),
      [outcome || __("nothing noted yet"), decisions].filter(Boolean).join(": "),
    ].join(" · "),
  );
  return facts_html([
    [__("Next Issue"), next || ""],
    [__("Issues"), came.length ? list(came) : __("None yet")],
    [__("Makes Sense To"), makes_sense.join(", ")],
    [__("What Is Missing"), lacking.length ? list(lacking.map(([name, missing]) => `${name}: ${missing}`)) : ""],
    [__("Readers Who Said Nothing"), silent || ""],
  ]);
}

function ask_for_word(frm, { lineage, spec, ask, shown }) {
  const say = async (missing) => {
    await call("say_of_report", lineage, { about: "lineage", args: { report: spec, shown, missing }, type: "POST", freeze: true });
    frm.reload_doc();
  };
  const group = __("The Issue until {0}", [frappe.datetime.str_to_user(ask)]);
  frm.add_custom_button(__("It Makes Sense"), () => say(""), group);
  frm.add_custom_button(
    __("Something Is Missing"),
    () =>
      frappe.prompt(
        { fieldname: "missing", fieldtype: "Small Text", label: __("What Is Missing"), reqd: 1 },
        ({ missing }) => say(missing),
        __("What Is Missing"),
        __("Say It"),
      ),
    group,
  );
}

frappe.ui.form.on("SM Report Spec", {
  refresh(frm) {
    const { report, plan } = frm.doc;
    if (frm.is_new() || !report || OF_PLAN.has(report)) return;
    frm.add_custom_button(__("Open the Report"), () => frappe.set_route("query-report", report, { plan }));
  },
});

on_form("SM Report Spec", ReportStanding);
