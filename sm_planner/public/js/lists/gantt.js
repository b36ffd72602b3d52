/** Let the Gantt chart of a list begin with months, call its bars by titles, and color them by a word of each. */
export function prepare_gantt(word_of) {
  if (cur_list?.view_name !== "Gantt") return;
  const settings = (cur_list.user_settings[cur_list.view_name] ??= {});
  settings.gantt_view_mode ??= "Month";
  for (const task of cur_list.tasks) {
    const item = cur_list.get_item(task.id);
    task.name = item[cur_list.meta.title_field] || item.name;
    task.custom_class = `smp-bar smp-bar-${word_of(item)}`;
  }
}
