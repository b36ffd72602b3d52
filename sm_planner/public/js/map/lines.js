// What belongs to a chosen box: the others stand back, and lines lead to those beside it.
import { is_there, services_of } from "./boxes.js";

const SVG = "http://www.w3.org/2000/svg";
const REACH = 40; // how far a line runs straight out of a box

const all_boxes = ({ lanes }) => lanes.flatMap(({ boxes }) => boxes);

/** The keys of the boxes beside one, and the pairs that lines join, on what is shown. */
function beside(told, key, view) {
  const there = (one) => is_there(one, view);
  const boxes = all_boxes(told).filter(there);
  const chosen = boxes.find((box) => box.key === key);
  if (!chosen) return { keys: new Set(), pairs: [] };
  const own = new Set(services_of(chosen, view));
  const over = told.hand_overs.filter(there);
  const keys = new Set([key]);
  const pairs = [];
  for (const box of boxes) {
    if (box === chosen || !(box.number || chosen.number)) continue; // a service is one of the two
    if (!services_of(box, view).some((number) => own.has(number))) continue;
    keys.add(box.key);
    pairs.push([key, box.key]);
  }
  for (const { from, to } of over) {
    if (chosen.number ? keys.has(from) && keys.has(to) : from === key || to === key) {
      keys.add(from).add(to);
      pairs.push([from, to]);
    }
  }
  return { keys, pairs };
}

/** Show which boxes belong to the chosen one, with lines; without one all stand alike. */
export function light(area, told, key) {
  for (const lanes of area.querySelectorAll(".sm-map-lanes")) {
    lanes.querySelector("svg")?.remove();
    const { keys, pairs } = key ? beside(told, key, lanes.dataset.view) : { keys: null, pairs: [] };
    const shown = new Map();
    for (const box of lanes.querySelectorAll("[data-key]")) {
      shown.set(box.dataset.key, box);
      box.classList.toggle("is-faded", Boolean(keys?.size) && !keys.has(box.dataset.key));
      box.setAttribute("aria-pressed", String(box.dataset.key === key));
    }
    const drawn = pairs.filter((pair) => pair.every((one) => shown.has(one)));
    if (drawn.length) lanes.appendChild(picture(lanes, drawn.map((pair) => pair.map((one) => shown.get(one)))));
  }
}

function picture(lanes, pairs) {
  const frame = lanes.getBoundingClientRect();
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("width", lanes.scrollWidth);
  svg.setAttribute("height", lanes.scrollHeight);
  for (const [one, other] of pairs) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", way(frame, one.getBoundingClientRect(), other.getBoundingClientRect()));
    svg.appendChild(path);
  }
  return svg;
}

/** From the lower edge of the upper box to the upper edge of the lower one; in one row from side to side. */
function way(frame, one, other) {
  const [upper, lower] = one.top <= other.top ? [one, other] : [other, one];
  const x = (rect) => rect.left - frame.left + rect.width / 2;
  const [from, to] = [upper.bottom - frame.top, lower.top - frame.top];
  const bend = Math.min(REACH, Math.max(8, Math.abs(to - from) / 2));
  return `M${x(upper)} ${from}C${x(upper)} ${from + bend} ${x(lower)} ${to - bend} ${x(lower)} ${to}`;
}
