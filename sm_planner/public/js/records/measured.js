// What was measured of an objective or of the targets of an agreement: a chart of each, and a button for a new one.
import { html, show } from "../shared/html.js";
import { Panel, facts_html } from "../shared/panel.js";
import { STATE_COLORS } from "../reports/cells.js";

const MEASUREMENT = "SM Measurement";

class Measured extends Panel {
  constructor(frm, about) {
    super(frm, "measured_html", about);
  }

  purpose() {
    return __("Save the document to enter here what was measured.");
  }

  load() {
    this.ask_for(`${this.about}_measurements`, __("Looking at what was measured …"), (found) => {
      show(this.$area, html`<section class="smp-panel" aria-label="${__("What Was Measured")}">${this.told(found)}</section>`);
      if (found.refused) return;
      this.$area.find("[data-act=measure]").on("click", () => this.enter(found.begin));
      this.$area.find("[data-act=measure-one]").on("click", (event) => {
        this.enter(found.series[event.currentTarget.dataset.number].begin);
      });
      found.series.forEach((series, number) => this.draw(series, number));
    });
  }

  told({ refused, series, may_add }) {
    if (refused) return html`<p class="text-muted">${refused}</p>`;
    const button = html`<p><button type="button" class="btn btn-default btn-sm" data-act="measure">${__("Add Measurement")}</button></p>`;
    return html`<ul class="smp-cards">${series.map((one, number) => this.card(one, number, may_add && series.length > 1))}</ul>${may_add ? button : ""}`;
  }

  card({ title, unit, state, state_key, share, wanted, promised, breached, days, values }, number, may_add) {
    const latest = days.length
      ? __("{0} on {1}", [[values.at(-1), unit].filter((part) => part !== "").join(" "), frappe.datetime.str_to_user(days.at(-1))])
      : "";
    const facts = [
      [__("Latest"), latest],
      [__("Target"), promised || (wanted === null ? "" : [wanted, unit].filter((part) => part !== "").join(" "))],
      [__("Reached (%)"), share ?? ""],
      [__("Breached Since"), breached ?? ""],
    ];
    return html`<li>
      <header><span class="indicator-pill ${STATE_COLORS[state_key]}">${state}</span> <strong>${title}</strong></header>
      ${facts_html(facts)}
      ${days.length > 1 ? html`<div data-chart="${number}"></div>` : ""}
      ${may_add ? this.one_button(title, number) : ""}
    </li>`;
  }

  /** Of an agreement with several targets: a measurement of this one. */
  one_button(title, number) {
    const label = __("Add Measurement of {0}", [title]);
    return html`<button type="button" class="btn btn-default btn-xs" data-act="measure-one" data-number="${number}" aria-label="${label}">${__("Add Measurement")}</button>`;
  }

  /** The measurements one after another, and the target across them. */
  draw({ title, wanted, days, values }, number) {
    if (days.length < 2) return;
    const marks = wanted === null ? [] : [{ label: __("Target"), value: wanted, options: { labelPos: "left" } }];
    new frappe.Chart(this.$area.find(`[data-chart=${number}]`)[0], {
      type: "line",
      height: 160,
      colors: ["#0b5c6e"],
      axisOptions: { xIsSeries: 1 },
      data: {
        labels: days.map((day) => frappe.datetime.str_to_user(day)),
        datasets: [{ name: title, values }],
        yMarkers: marks,
      },
    });
  }

  enter(begin) {
    frappe.model.with_doctype(MEASUREMENT, () => {
      const doc = Object.assign(frappe.model.get_new_doc(MEASUREMENT, null, null, true), begin);
      frappe.ui.form.make_quick_entry(MEASUREMENT, () => this.refresh(), null, doc);
    });
  }
}

for (const [doctype, about] of [
  ["SM Objective", "objective"],
  ["SM Agreement", "agreement"],
])
  frappe.ui.form.on(doctype, {
    setup(frm) {
      frm.smp_measured = new Measured(frm, about);
    },
    refresh(frm) {
      frm.smp_measured.refresh();
    },
    on_tab_change(frm) {
      frm.smp_measured.show();
    },
  });
