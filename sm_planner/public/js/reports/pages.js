// Long reports: the Desk is given a page of their rows, with buttons for the page before and after.
$(document).on("click", "[data-smp-page]", (event) =>
  frappe.query_report.set_filter_value("page", Number(event.currentTarget.dataset.smpPage)),
);
