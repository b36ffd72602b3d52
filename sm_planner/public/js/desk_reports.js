// What the script reports of SM Planner share in the Desk, and its forms with them: where something is written, the
// filters of reports, and how their cells look.
frappe.provide("sm_planner.reports");

// The address of a document, at the field that is meant, or of the list of a DocType with its filters.
sm_planner.address = ({ doctype, name, field, filters }) => {
  if (name) return frappe.utils.get_form_link(doctype, name) + (field ? `#${encodeURIComponent(field)}` : "");
  const route_options = Object.fromEntries(
    Object.entries(filters).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  return frappe.utils.generate_route({ type: "doctype", name: doctype, doc_view: "List", route_options });
};

// What a state, a severity or a verdict says in English → the colour of its pill.
sm_planner.reports.COLORS = {
  Blocker: "red",
  Error: "red",
  Warning: "orange",
  Information: "blue",
  Ready: "green",
  Started: "blue",
  Blocked: "red",
  Missing: "red",
  Complete: "green",
  Published: "green",
  "Not published": "orange",
  "No entry": "red",
  Infeasible: "red",
  Unknown: "orange",
  Feasible: "green",
  Reached: "green",
  "On track": "green",
  Behind: "red",
  Overdue: "red",
  "Not measured": "orange",
  "Not measurable": "orange",
  Expired: "red",
  "Ends soon": "orange",
  "Notice due": "blue",
  "No end date": "orange",
  Later: "green",
  Holds: "green",
  "Content intact": "blue",
  Broken: "red",
};

Object.assign(sm_planner.reports, {
  // A report about one plan. It opens with the plan that the site proposes.
  about_plan(filters, more = {}) {
    return {
      filters: [{ fieldname: "plan", label: __("Plan"), fieldtype: "Link", options: "SM Plan" }, ...filters],
      formatter: sm_planner.reports.format,
      onload: sm_planner.reports.choose_plan,
      ...more,
    };
  },

  // The Desk waits for it before it runs the report for the first time.
  choose_plan(report) {
    if (report.get_filter_value("plan")) return Promise.resolve();
    return frappe.xcall("sm_planner.api.default_plan", {}, "GET").then((plan) => {
      if (!plan) return;
      // With its title known, the filter has the plan at once and not only after asking for the title.
      frappe.utils.add_link_title("SM Plan", plan.name, plan.title || plan.name);
      report.get_filter("plan").set_input(plan.name);
    });
  },

  format(value, row, column, data, default_formatter) {
    // The quote that keeps a text from being a formula in a spreadsheet is not for the screen.
    const plain = typeof value === "string" ? value.replace(/^'(?=[=+\-@\t\r\n])/, "") : value;
    const text = default_formatter(plain, row, column, data);
    if (!data) return text;
    const color = sm_planner.reports.COLORS[data[`${column.fieldname}_key`]];
    const shown = color ? `<span class="indicator-pill ${color} ellipsis">${text}</span>` : text;
    const link = plain && sm_planner.reports.link(column, data);
    return link ? `<a href="${link}">${shown}</a>` : shown;
  },

  // The address of what a cell names.
  link(column, data) {
    const opens = column.opens_key && data[column.opens_key];
    if (opens) return sm_planner.address(opens);
    const name = column.opens && data[column.opens];
    return name ? sm_planner.address({ doctype: column.opens_doctype, name: (column.opens_prefix || "") + name }) : "";
  },
});
