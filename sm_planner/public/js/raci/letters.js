// The letters of a sheet: what the server has, what stands here, and every step between them, there and back.

const NOTHING = Object.freeze({ letter: "", task: "", taken_from: "", name: "" });

/** A cell is known by its process, service, component and role; the last three may be empty. */
export const key_of = (spot) => spot.join("\n");
export const spot_of = (key) => key.split("\n");

const is_same = (one, other) =>
  one.letter === other.letter && one.task === other.task && one.taken_from === other.taken_from;

export class Letters {
  constructor(entries) {
    this.done = []; // steps: maps of cell → what stood there before
    this.undone = [];
    this.take(entries);
  }

  /** What the server has from now on: it is what stands here, too. Steps that were done can still be undone. */
  take(entries) {
    this.stored = new Map(
      entries.map(([process, service, component, role, letter, task, taken_from, name]) => [
        key_of([process, service, component, role]),
        Object.freeze({ letter, task, taken_from, name }),
      ]),
    );
    this.now = new Map(this.stored);
  }

  /** What a cell says for itself. */
  of(key) {
    return this.now.get(key) || NOTHING;
  }

  stored_at(key) {
    return this.stored.get(key) || NOTHING;
  }

  /** Write cells in one step: key → {letter, task}. What was written or looked at is not a template's any more. */
  write(cells) {
    const before = new Map();
    for (const [key, { letter, task = "" }] of cells) {
      const said = letter ? { ...NOTHING, letter, task, name: this.stored_at(key).name } : NOTHING;
      if (is_same(this.of(key), said)) continue;
      before.set(key, this.of(key));
      this.put(key, said);
    }
    if (before.size) {
      this.done.push(before);
      this.undone = [];
    }
    return [...before.keys()];
  }

  put(key, said) {
    if (said.letter) this.now.set(key, said);
    else this.now.delete(key);
  }

  undo() {
    return this.step(this.done, this.undone);
  }

  redo() {
    return this.step(this.undone, this.done);
  }

  /** Take the last step of one pile back, and remember on the other how; the cells that changed. */
  step(from, to) {
    const before = from.pop();
    if (!before) return [];
    to.push(new Map([...before.keys()].map((key) => [key, this.of(key)])));
    for (const [key, said] of before) this.put(key, said);
    return [...before.keys()];
  }

  is_changed(key) {
    return !is_same(this.of(key), this.stored_at(key));
  }

  /** The cells that are not saved. */
  changed() {
    return [...new Set([...this.now.keys(), ...this.stored.keys()])].filter((key) => this.is_changed(key));
  }

  /** The cells whose letters come from a template and were not looked at. */
  marked() {
    return [...this.now].filter(([, said]) => said.taken_from).map(([key]) => key);
  }

  /** What is not saved, as the server takes it. */
  changes() {
    return this.changed().map((key) => {
      const [process, service, component, role] = spot_of(key);
      const { letter, task } = this.of(key);
      const seen = this.stored_at(key);
      return { process, service, component, role, letter, task, seen_letter: seen.letter, seen_task: seen.task };
    });
  }

  /** Whether a cell does not say what a change says, as the server takes it. */
  differs({ process, service, component, role, letter, task }) {
    return !is_same(this.of(key_of([process, service, component, role])), { letter, task, taken_from: "" });
  }

  /** Write changes of before in one step, seen as they were then: what others have written meanwhile shows as a conflict when it
   * is saved. */
  take_up(changes) {
    const cells = changes.map(({ process, service, component, role, letter, task, seen_letter, seen_task }) => {
      const key = key_of([process, service, component, role]);
      const stored = this.stored_at(key);
      if (stored.letter !== seen_letter || stored.task !== seen_task) {
        if (seen_letter) this.stored.set(key, { ...NOTHING, letter: seen_letter, task: seen_task });
        else this.stored.delete(key);
      }
      return [key, { letter, task }];
    });
    return this.write(cells);
  }

  /** Somebody else has written a cell meanwhile: that is what the server has, and here too unless mine is to stay. */
  overtaken(spot, { letter, task }, keep_mine) {
    const key = key_of(spot);
    const theirs = { ...NOTHING, letter, task };
    if (letter) this.stored.set(key, theirs);
    else this.stored.delete(key);
    if (!keep_mine) this.put(key, theirs);
  }
}
