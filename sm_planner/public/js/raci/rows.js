// What the letters come to, and the rows of a sheet: what is open, and what a view leaves of it.

/** A place is known by its process, service and component; the last two may be empty. */
export const place_key = (place) => place.join("\n");

/** For what an entry at a place is given, as the server numbers it: 0 process, 1 service, 2 component, 3 both. */
export const level_of = ([, service, component]) => (service ? 1 : 0) + (component ? 2 : 0);

const NONE = { settled: false, reason: null, level: null, held: new Map() };

/** What the server has worked out of the letters: what each place takes over, and what is not settled. */
export class Effect {
  constructor(told) {
    const { duties, defaults, places, gaps, findings = [], found = null } = told; // the rules may not be asked yet
    Object.assign(this, { defaults, places, gaps, findings, found });
    this.list = duties.map(([settled, reason, level, ...letters]) => {
      const held = new Map();
      for (let at = 0; at < letters.length; at += 3) held.set(letters[at], { letter: letters[at + 1], level: letters[at + 2] });
      return { settled, reason, level, held };
    });
    this.numbers = new Map();
    for (const [process, listed] of Object.entries(places)) {
      for (const [service, component, number] of listed) {
        this.numbers.set(place_key([process, service, component]), number);
      }
    }
    this.unsettled = new Set(gaps.flatMap(([process, service, component]) => [
      place_key([process, "", ""]),
      place_key([process, service, ""]),
      place_key([process, service, component]),
    ]));
  }

  /** The duties at a place: its own, or those of the place above it. */
  at([process, service, component]) {
    const number =
      this.numbers.get(place_key([process, service, component])) ??
      (service && component ? this.numbers.get(place_key([process, service, ""])) : undefined) ??
      this.defaults[process];
    return this.list[number] || NONE;
  }

  /** Whether something at a place, or beneath it, is not settled. */
  is_open(place) {
    return this.unsettled.has(place_key(place));
  }
}

/** The keys of places, and of the rows above them. */
const shown_of = (places) => {
  const wanted = new Set();
  for (const [process, service, component] of places) {
    wanted.add(place_key([process, "", ""]));
    if (service) wanted.add(place_key([process, service, ""]));
    if (component && !service) wanted.add(place_key([process, "", "*"]));
    wanted.add(place_key([process, service, component]));
  }
  return wanted;
};

export class Rows {
  /** sheet: what the server told. Of its services, each has the components that it opens to. */
  constructor(sheet) {
    this.sheet = sheet;
    this.components_of = new Map(sheet.services.map(([id, , components]) => [id, components]));
    this.titles_of = {
      process: new Map(sheet.processes),
      service: new Map(sheet.services.map(([id, title]) => [id, title])),
      component: new Map(sheet.components),
    };
    this.opened = new Set();
  }

  title([process, service, component]) {
    const of = (kind, id) => this.titles_of[kind].get(id) || id;
    return [of("process", process), service && of("service", service), component && component !== "*" && of("component", component)]
      .filter(Boolean)
      .join(" · ");
  }

  toggle(place, open = !this.opened.has(place_key(place))) {
    if (open) this.opened.add(place_key(place));
    else this.opened.delete(place_key(place));
  }

  /** Open what is above a place, so that it is a row. */
  reveal([process, service, component]) {
    if (service || component) this.toggle([process, "", ""], true);
    if (component) this.toggle(service ? [process, service, ""] : [process, "", "*"], true);
  }

  open_all() {
    for (const [process] of this.sheet.processes) this.toggle([process, "", ""], true);
  }

  close_all() {
    this.opened.clear();
  }

  /** The places that a view is about; null if about all. roles: those that are shown, null for all. */
  wanted(effect, { gaps, roles }) {
    if (!gaps && !roles) return null;
    let places = null;
    if (roles) {
      const part = ({ held }) => [...roles].map((role) => held.get(role)?.letter || "").join("\n");
      places = [];
      for (const [process] of this.sheet.processes) {
        const usual = part(effect.at([process, "", ""]));
        if (usual.trim()) places.push([process, "", ""]);
        for (const [service, component] of effect.places[process] || []) {
          const here = part(effect.at([process, service, component]));
          if (here.trim() && here !== usual) places.push([process, service, component]);
        }
      }
    }
    if (!gaps) return shown_of(places);
    const open = shown_of(effect.gaps);
    if (!places) return open;
    const both = shown_of(places);
    return new Set([...open].filter((key) => both.has(key)));
  }

  /** The rows of the view: each with its place, kind, title, depth, and whether it opens and is open. words: to be found in the
   * title of its process. */
  list(effect, view) {
    const wanted = this.wanted(effect, view);
    const words = (view.words || "").trim().toLocaleLowerCase();
    const rows = [];
    const carried = this.sheet.components;
    const add = (kind, place, depth, title, opens) => {
      const is_open = this.opened.has(place_key(place));
      rows.push({ kind, place, depth, title, opens, is_open });
      return is_open;
    };
    // A row that is open shows all beneath it; one that is not, only what the view is about.
    const shows = (place, above_is_open) => above_is_open || (wanted && wanted.has(place_key(place)));
    for (const [process, title] of this.sheet.processes) {
      const place = [process, "", ""];
      if (words && !title.toLocaleLowerCase().includes(words)) continue;
      if (wanted && !wanted.has(place_key(place))) continue;
      const is_open = add("process", place, 0, title, this.sheet.services.length > 0);
      if (!is_open && !wanted) continue;
      for (const [service, service_title, components] of this.sheet.services) {
        if (!shows([process, service, ""], is_open)) continue;
        const service_open = add("service", [process, service, ""], 1, service_title, components.length > 0);
        for (const component of components) {
          if (shows([process, service, component], service_open)) {
            add("component", [process, service, component], 2, this.titles_of.component.get(component), false);
          }
        }
      }
      if (!carried.length || !shows([process, "", "*"], is_open)) continue;
      const all_open = add("group", [process, "", "*"], 1, __("Components, for all services"), true);
      for (const [component, component_title] of carried) {
        if (shows([process, "", component], all_open)) {
          add("component", [process, "", component], 2, component_title, false);
        }
      }
    }
    return rows;
  }
}
