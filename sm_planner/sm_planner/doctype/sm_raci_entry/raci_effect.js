// In which cells a RACI entry decides, and what its role holds where it does not.

const LISTED = 50;

class RaciEffect extends sm_planner.Panel {
  constructor(frm) {
    super(frm, "effect_html", "entry");
  }

  purpose() {
    return __("Save the entry to see here what it means in each cell.");
  }

  load() {
    this.ask_for("raci_effect", __("Calculating the matrix …"), (effect) => {
      this.$area.html(`<section class="smp-panel" aria-label="${__("Effect")}">
        <p>${sm_planner.escape(effect.message)}</p>${effect.rows.length ? this.table(effect) : ""}</section>`);
    });
  }

  table({ columns, rows }) {
    const head = columns.map((column) => `<th scope="col">${sm_planner.escape(column.label)}</th>`).join("");
    const body = rows.slice(0, LISTED).map((row) => row_html(columns, row));
    const rest = rows.length - LISTED;
    return `<div class="smp-scroll"><table class="table smp-table"><thead><tr>${head}</tr></thead>
      <tbody>${body.join("")}</tbody></table></div>
      ${rest > 0 ? `<p class="text-muted">${__("The report RACI Matrix shows {0} more.", [rest])}</p>` : ""}`;
  }
}

function row_html(columns, row) {
  return `<tr>${columns.map(({ fieldname }) => `<td>${sm_planner.escape(row[fieldname])}</td>`).join("")}</tr>`;
}

frappe.ui.form.on("SM RACI Entry", {
  // The title of an entry is its process, which a form would show by its ID.
  refresh(frm) {
    const { sm_process, role, letter } = frm.doc;
    if (frm.is_new() || !sm_process) return;
    const titles = [frappe.utils.get_link_title("SM Process", sm_process) || sm_process];
    if (role) titles.push(frappe.utils.get_link_title("SM Role", role) || role);
    frm.page.set_title(`${titles.join(" · ")} · ${letter}`);
  },
});

sm_planner.on_form("SM RACI Entry", RaciEffect);
