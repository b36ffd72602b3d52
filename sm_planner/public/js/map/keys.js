// The keys of the map: Tab comes to one box, arrows go from box to box, Escape leaves the panel.

const boxes_of = (lane) => [...lane.querySelectorAll(".sm-map-box")];

/** The box that Tab comes to: the chosen one, or the first. */
export function rove(area, key) {
  for (const lanes of area.querySelectorAll(".sm-map-lanes")) {
    const boxes = boxes_of(lanes);
    const first = boxes.find((box) => box.dataset.key === key) || boxes[0];
    for (const box of boxes) box.tabIndex = box === first ? 0 : -1;
  }
}

/** Let arrows go from box to box. */
export function take_arrows(area) {
  area.addEventListener("keydown", (event) => {
    const box = event.target.closest(".sm-map-box");
    const goal = box && goal_of(box, event.key);
    if (!goal) return;
    event.preventDefault();
    box.tabIndex = -1;
    goal.tabIndex = 0;
    goal.focus();
  });
}

function goal_of(box, key) {
  const lanes = [...box.closest(".sm-map-lanes").querySelectorAll(".sm-map-lane")].filter((lane) => boxes_of(lane).length);
  const lane = box.closest(".sm-map-lane");
  const boxes = boxes_of(lane);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step) return boxes[boxes.indexOf(box) + step];
  if (key === "Home") return boxes[0];
  if (key === "End") return boxes.at(-1);
  const away = { ArrowUp: -1, ArrowDown: 1 }[key];
  return away && nearest(box, lanes[lanes.indexOf(lane) + away]);
}

/** The box of a lane that lies straight above or below. */
function nearest(box, lane) {
  if (!lane) return null;
  const { left } = box.getBoundingClientRect();
  const far = (other) => Math.abs(other.getBoundingClientRect().left - left);
  return boxes_of(lane).reduce((best, other) => (far(other) < far(best) ? other : best));
}
