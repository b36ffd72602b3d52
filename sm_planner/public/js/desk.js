// On every page of the Desk, and no more than that: it fetches the scripts of SM Planner once one of its DocTypes is
// asked for, and keeps titles of its documents from running wherever a link shows them.
frappe.provide("sm_planner");

(() => {
  const BUNDLE = "sm_planner.bundle.js";
  const is_ours = (doctype) => String(doctype).startsWith("SM ");

  let loading;

  /** Fetch the scripts: as `bench build` made one file of them, else as they are written. */
  sm_planner.load = () =>
    (loading ??= import(frappe.boot.assets_json?.[BUNDLE] || `/assets/sm_planner/js/${BUNDLE}`).catch((error) => {
      loading = null;
      const message = __("The scripts of SM Planner did not load. Reload the page.");
      frappe.show_alert({ message, indicator: "red" }, 60); // outlives a page
      throw error;
    }));

  /** Let a function of the Desk wait for the scripts when its first argument is a DocType of ours. */
  function wait_in(holder, name) {
    const act = holder[name];
    holder[name] = function (doctype, ...others) {
      if (!is_ours(doctype) || sm_planner.is_loaded) return act.call(this, doctype, ...others);
      return sm_planner.load().then(() => act.call(this, doctype, ...others));
    };
  }

  wait_in(frappe.model, "with_doctype"); // forms, lists, reports, boards, calendars, cards
  wait_in(frappe.ui.form, "make_quick_entry");

  /** Start a plan from anywhere in the Desk; the scripts put their own in its place. */
  sm_planner.start_plan = () => sm_planner.load().then(() => sm_planner.start_plan());

  // A report about one plan. Charts on a workspace run its script for its filters, and wait for no DocType.
  sm_planner.about_plan = (filters, more = {}) => ({
    filters: [
      { fieldname: "plan", label: __("Plan"), fieldtype: "Link", options: "SM Plan" },
      ...filters,
      { fieldname: "page", label: __("Page"), fieldtype: "Int", hidden: 1 },
    ],
    formatter: (...cell) => sm_planner.reports.format(...cell),
    onload: (report) => sm_planner.reports.choose_plan(report),
    ...more,
  });

  // Some of the Desk shows titles as HTML and some as text. A sign that begins no tag is the same in both.
  sm_planner.without_tags = (text) => (typeof text === "string" ? text.replace(/<(?=[a-z!/?])/gi, "‹") : text);

  // The Desk need not know the DocType that a link leads to; then its name tells.
  const is_linked = (doctype) => {
    const meta = frappe.get_meta(doctype);
    return meta ? meta.module === "SM Planner" : is_ours(doctype);
  };

  const get_link_title = frappe.utils.get_link_title;
  frappe.utils.get_link_title = function (doctype, name) {
    const title = get_link_title.call(this, doctype, name);
    return is_linked(doctype) ? sm_planner.without_tags(title) : title;
  };
})();
