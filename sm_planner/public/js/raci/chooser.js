// A small bar beside a cell, from which a letter is chosen.
import { html, show } from "../shared/html.js";

export class Chooser {
  /** area: an element that the bar lies in. choose: is told the letter. leave: when it closes without one. */
  constructor(area, { choose, leave }) {
    Object.assign(this, { choose, leave });
    this.bar = document.createElement("div");
    this.bar.className = "smp-raci-chooser";
    this.bar.setAttribute("role", "toolbar");
    this.bar.hidden = true;
    area.appendChild(this.bar);
    this.bar.addEventListener("mousedown", (event) => event.preventDefault()); // the cell keeps the focus
    this.bar.addEventListener("click", (event) => {
      const letter = event.target.closest("[data-letter]")?.dataset.letter;
      if (letter === undefined) return;
      this.close();
      this.choose(letter);
    });
    this.bar.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("mousedown", (event) => {
      if (!this.bar.hidden && !this.bar.contains(event.target)) this.close();
    });
  }

  /** letters: each a letter, how it is written and what it means. */
  open(cell, label, letters, { focus = false } = {}) {
    show(
      $(this.bar),
      html`${letters.map(
        ([letter, text, means]) => html`<button type="button" class="btn btn-default btn-xs" tabindex="-1"
          data-letter="${letter}" title="${means}" aria-label="${means}">${text}</button>`,
      )}`,
    );
    this.bar.setAttribute("aria-label", label);
    this.bar.hidden = false;
    const { left, bottom, top } = cell.getBoundingClientRect();
    const { width, height } = this.bar.getBoundingClientRect();
    const is_low = bottom + height + 4 > window.innerHeight;
    this.bar.style.top = `${is_low ? top - height - 2 : bottom + 2}px`;
    this.bar.style.left = `${Math.max(4, Math.min(left, window.innerWidth - width - 4))}px`;
    if (focus) this.bar.firstElementChild.focus();
  }

  close() {
    this.bar.hidden = true;
  }

  key(event) {
    const buttons = [...this.bar.children];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to !== undefined) buttons[(to + buttons.length) % buttons.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      this.close();
      this.leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
