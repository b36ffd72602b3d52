/** Let the Gantt chart of a list begin with weeks, unless its user chose otherwise; call its bars by titles, and color them by a
 * word of each. */
export function prepare_gantt(word_of) {
  if (cur_list?.view_name !== "Gantt") return;
  const settings = (cur_list.user_settings[cur_list.view_name] ??= {});
  settings.gantt_view_mode ??= "Week";
  const { title_field } = cur_list.meta;
  const is_choice = cur_list.meta.fields.some(({ fieldname, fieldtype }) => fieldname === title_field && fieldtype === "Select");
  for (const task of cur_list.tasks) {
    const item = cur_list.get_item(task.id);
    task.name = (is_choice ? __(item[title_field]) : item[title_field]) || item.name;
    task.custom_class = `smp-bar smp-bar-${word_of(item)}`;
  }
}
