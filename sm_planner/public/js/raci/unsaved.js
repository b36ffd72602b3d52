// Letters that are not saved, kept in the browser for the case that the page goes away without asking: after a crash they are
// offered again.
import { key_of } from "./letters.js";

const spot_key = ({ process, service, component, role }) => key_of([process, service, component, role]);

/** The unsaved letters of a user in a version of a plan, as the server takes them (see Letters.changes). */
export class Unsaved {
  constructor(plan, version) {
    this.key = `sm-planner-letters:${frappe.session.user}:${plan}`;
    this.version = version;
    this.offered = []; // what was found and neither taken up nor dropped yet: it is kept beside what is written meanwhile
    this.at = "";
  }

  /** Look for what an earlier page left behind. differs: (change) → whether the sheet says something else. */
  look(differs) {
    const { version, at, changes } = this.stored();
    this.is_mine = version !== null; // what is left of it is for this page to drop
    if (version !== this.version) return;
    this.offered = changes.filter(differs);
    this.at = at;
  }

  stored() {
    const nothing = { version: null, at: "", changes: [] };
    try {
      return JSON.parse(localStorage.getItem(this.key)) || nothing;
    } catch {
      return nothing; // no storage, or not ours
    }
  }

  /** Keep what is not saved now; nothing, when all is saved. */
  keep(changes) {
    const own = new Set(changes.map(spot_key));
    const all = [...this.offered.filter((one) => !own.has(spot_key(one))), ...changes];
    if (!all.length && !this.is_mine) return; // what another page keeps is its own
    this.is_mine = all.length > 0;
    const at = changes.length ? new Date().toISOString() : this.at;
    try {
      if (all.length) localStorage.setItem(this.key, JSON.stringify({ version: this.version, at, changes: all }));
      else localStorage.removeItem(this.key);
    } catch {
      // a browser without room, or without storage: the page still asks before it is closed
    }
  }

  /** What is offered, which is offered no more. */
  take() {
    const { offered } = this;
    this.offered = [];
    return offered;
  }
}
