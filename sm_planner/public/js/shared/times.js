/** A time in UTC, given in ISO 8601, as the user writes times, in the user's time zone. */
export const user_time = (iso) => {
  const { user, system } = frappe.boot.time_zone;
  const format = `${frappe.datetime.get_user_date_fmt().toUpperCase()} ${frappe.datetime.get_user_time_fmt()} z`;
  return moment.utc(iso).tz(user || system).format(format);
};
