// What was answered and is not known to be kept yet. It stands in the browser's storage until the server has said that it is
// kept, so that nothing is lost when the line drops or the page is closed.

const RETRY = [1000, 2000, 5000, 10000, 30000];

const as_text = ({ score, not_applicable, note, evidence }) =>
  JSON.stringify([
    score,
    not_applicable,
    note,
    evidence.map(({ what, method, found_on, expires }) => [what, method, found_on, expires]),
  ]);

export class AnswerQueue {
  /**
   * name: the assessment. send: answers one line, and resolves with what the server says. tell: is called with each change.
   * kept, stopped: are called with the code of a line that the server has kept, or not.
   */
  constructor(name, { send, tell, kept, stopped }) {
    this.key = `sm-planner-answers:${frappe.session.user}:${name}`;
    Object.assign(this, { send, tell, kept, stopped });
    this.waiting = this.stored();
    this.tries = 0;
    this.held = new Map(); // code → why: an error, or what the server told; the line waits for a decision of the user
  }

  stored() {
    try {
      return JSON.parse(localStorage.getItem(this.key) || "{}");
    } catch {
      return {};
    }
  }

  store() {
    const codes = Object.keys(this.waiting);
    if (codes.length) localStorage.setItem(this.key, JSON.stringify(this.waiting));
    else localStorage.removeItem(this.key);
  }

  /** What was said of a line and is not kept yet. */
  of(code) {
    return this.waiting[code]?.said;
  }

  get size() {
    return Object.keys(this.waiting).length;
  }

  /** Say something of a line. seen: the state of the line that was shown. */
  put(code, said, seen) {
    const before = this.waiting[code];
    // What was sent may have arrived although nobody said so: then the line says what this screen said before.
    const mine = before ? [...before.mine, as_text(before.said)] : [];
    this.waiting[code] = { said, seen: before ? before.seen : seen, number: (before?.number || 0) + 1, mine };
    this.held.delete(code);
    this.store();
    this.now();
  }

  /** Forget what was said of a line. */
  drop(code) {
    delete this.waiting[code];
    this.held.delete(code);
    this.store();
    this.tell();
  }

  /** Keep what was said here, whatever another screen has said. */
  insist(code) {
    if (!this.waiting[code]) return;
    this.waiting[code].seen = "";
    this.held.delete(code);
    this.store();
    this.now();
  }

  /** Try again, also what was held: a page that is opened anew has seen what there is. */
  again() {
    this.held.clear();
    this.now();
  }

  now() {
    clearTimeout(this.timer);
    this.next();
  }

  async next() {
    if (this.sending) return;
    const code = Object.keys(this.waiting).find((one) => !this.held.has(one));
    if (!code) {
      this.tell();
      return;
    }
    const { said, seen, number } = this.waiting[code];
    this.sending = code;
    this.tell();
    try {
      const told = await this.send(code, said, seen);
      this.tries = 0;
      this.sending = null;
      const now = this.waiting[code];
      if (!told.kept && now?.mine.includes(as_text(told.line))) {
        now.seen = told.line.state;
        this.store();
      } else if (!told.kept) {
        this.held.set(code, { told });
        this.stopped(code);
      } else if (this.waiting[code]?.number === number) {
        delete this.waiting[code];
        this.store();
        this.kept(code, told);
      } else if (this.waiting[code]) {
        this.waiting[code].seen = told.line.state;
        this.store();
      }
      this.next();
    } catch (error) {
      this.sending = null;
      if (error.refused) {
        this.held.set(code, { error });
        this.stopped(code);
        this.next();
        return;
      }
      const wait = RETRY[Math.min(this.tries, RETRY.length - 1)];
      this.tries += 1;
      this.timer = setTimeout(() => this.next(), wait);
      this.tell();
    }
  }
}
