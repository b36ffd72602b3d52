frappe.listview_settings["SM Agreement"] = {
  add_fields: [
    "status",
    "start_date",
    "end_date",
    "open_ended",
    "renewal_months",
    "notice_given",
    "general_agreement",
    "kind",
  ],
  hide_name_column: true,

  onload: (listview) => sm_planner.lists.offer_fits(listview),

  before_render() {
    sm_planner.lists.prepare_gantt(({ kind }) => kind.toLowerCase());
  },

  // As the checks see it: what is a draft or was ended holds on no day, whatever its dates say. What runs on until somebody
  // gives notice has no end here; when notice ends it is told by its form and by the report Agreement Expiry. So is the term
  // that an agreement takes over from the general one above it.
  get_indicator({ status, start_date, end_date, open_ended, renewal_months, notice_given, general_agreement }) {
    if (status === "Draft" || status === "Ended") {
      return [__(status), { Draft: "gray", Ended: "red" }[status], `status,=,${status}`];
    }
    const today = frappe.datetime.get_today();
    const standing = "status,!=,Draft|status,!=,Ended";
    if (!start_date && general_agreement)
      return [__("Taken Over"), "gray", `${standing}|start_date,is,not set|general_agreement,is,set`];
    if (start_date > today) return [__("Scheduled"), "blue", `${standing}|start_date,>,${today}`];
    const started = `${standing}|start_date,<=,${today}`;
    if (open_ended || (renewal_months && end_date)) {
      const runs_on = open_ended
        ? `${started}|open_ended,=,1`
        : `${started}|open_ended,=,0|renewal_months,>,0|end_date,is,set`;
      return notice_given && notice_given <= today
        ? [__("Notice Given"), "orange", `${runs_on}|notice_given,<=,${today}`]
        : [open_ended ? __("Open-ended") : __("Renewed by Itself"), "green", runs_on];
    }
    const begun = `${started}|open_ended,=,0|renewal_months,is,not set`;
    if (!end_date) return [__("In Force"), "green", `${begun}|end_date,is,not set`];
    const soon = frappe.datetime.add_days(today, 90);
    if (end_date < today) return [__("Expired"), "red", `${begun}|end_date,is,set|end_date,<,${today}`];
    return end_date <= soon
      ? [__("Ends Soon"), "orange", `${begun}|end_date,>=,${today}|end_date,<=,${soon}`]
      : [__("In Force"), "green", `${begun}|end_date,>,${soon}`];
  },
};
