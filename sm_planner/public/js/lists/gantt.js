// The Gantt charts of lists: Frappe draws them; ours begin with weeks, and have names that stay in sight, and colours.

const MARGIN = 8; // pixels between the edge of a bar and its name

/** Let the Gantt chart of a list begin with weeks, unless its user chose otherwise; call its bars by titles, and color them by a
 * word of each. Before the list is drawn. */
export function prepare_gantt(word_of) {
  const list = cur_list;
  if (list?.view_name !== "Gantt") return;
  const settings = (list.user_settings[list.view_name] ??= {});
  settings.gantt_view_mode ??= "Week";
  const { title_field } = list.meta;
  const is_choice = list.meta.fields.some(({ fieldname, fieldtype }) => fieldname === title_field && fieldtype === "Select");
  for (const task of list.tasks) {
    const item = list.get_item(task.id);
    task.name = (is_choice ? __(item[title_field]) : item[title_field]) || item.name;
    task.custom_class = `smp-bar smp-bar-${word_of(item)}`;
  }
  list.load_lib.then(() => setTimeout(() => keep_names_in_sight(list.gantt))); // once the list has drawn it
}

/** Names stand in the middle of bars, which may be longer than a screen: let them go with what is shown. */
function keep_names_in_sight(gantt) {
  if (!gantt?.$container) return;
  const place = () => requestAnimationFrame(() => place_names(gantt)); // after the chart has placed them
  gantt.$container.addEventListener("scroll", place, { passive: true });
  new MutationObserver(place).observe(gantt.$svg, { childList: true }); // it is drawn anew for days, weeks or months
  place();
}

function place_names({ $container, $svg }) {
  const { scrollLeft } = $container;
  for (const group of $svg.querySelectorAll(".smp-bar")) {
    const [bar, label] = [group.querySelector(".bar"), group.querySelector(".bar-label")];
    if (!bar || !label || label.classList.contains("big")) continue; // a name beside its bar stays there
    const [start, width] = [bar.x.baseVal.value, bar.width.baseVal.value];
    const last = start + width - label.getBBox().width - MARGIN;
    label.style.textAnchor = "start";
    label.setAttribute("x", Math.max(start, Math.min(Math.max(start, scrollLeft) + MARGIN, last)));
  }
}
