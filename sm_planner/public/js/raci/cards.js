// The sheet on a telephone: one process a card, a choice for each role.
import { html, show } from "../shared/html.js";
import { key_of } from "./letters.js";
import { place_key } from "./rows.js";

export class Cards {
  /** page: the sheet, which knows letters, rows, what they come to, and how to write. */
  constructor($area, page) {
    Object.assign(this, { $area, page, place: null });
  }

  /** Show a place, or that of before. */
  draw(place = this.place) {
    const { page } = this;
    const { processes } = page.sheet;
    if (!processes.some(([id]) => id === place?.[0])) place = processes.length ? [processes[0][0], "", ""] : null;
    this.place = place;
    if (!place) {
      show(this.$area, html``);
      return;
    }
    const at = processes.findIndex(([id]) => id === place[0]);
    const duties = page.effect.at(place);
    const writable = page.may_write ? "" : "disabled";
    show(
      this.$area,
      html`<section class="smp-raci-card" aria-label="${page.rows.title(place)}">
        <nav class="smp-raci-card-nav" aria-label="${__("Processes")}">
          <button type="button" class="btn btn-default" data-step="-1" aria-label="${__("Back")}" ${at ? "" : "disabled"}>‹</button>
          <select class="form-control" data-process aria-label="${__("Process")}">${processes.map(
            ([id, title]) => html`<option value="${id}" ${id === place[0] ? "selected" : ""}>${title}</option>`,
          )}</select>
          <button type="button" class="btn btn-default" data-step="1" aria-label="${__("Next")}" ${at < processes.length - 1 ? "" : "disabled"}>›</button>
        </nav>
        <label class="smp-raci-card-place">${__("For")} <select class="form-control" data-place>${this.places(place[0]).map(
          ([one, title]) =>
            html`<option value="${place_key(one)}" ${place_key(one) === place_key(place) ? "selected" : ""}>${title}</option>`,
        )}</select></label>
        <p>${page.effect.is_open(place) ? html`<span class="indicator-pill red">${__("Gap")}</span>` : ""}
          ${duties.reason === null ? "" : __("Does not apply: {0}", [duties.reason || "–"])}</p>
        <ul>${page.columns.map((column) => this.role(place, column, writable))}</ul>
      </section>`,
    );
    this.wire();
  }

  places(process) {
    const { services, components } = this.page.sheet;
    const names = this.page.rows.titles_of.component;
    return [
      [[process, "", ""], __("All Services")],
      ...services.flatMap(([service, title, parts]) => [
        [[process, service, ""], title],
        ...parts.map((part) => [[process, service, part], `${title} · ${names.get(part)}`]),
      ]),
      ...components.map(([part, title]) => [[process, "", part], __("{0}, for all services", [title])]),
    ];
  }

  role(place, column, writable) {
    const { page } = this;
    const said = page.letters.of(key_of([...place, column.role]));
    const { text, label } = page.told(place, column);
    const id = `smp-card-${column.role || "none"}`;
    return html`<li><label for="${id}"><strong>${column.title}</strong><small>${column.people_text}</small></label>
      <select class="form-control" id="${id}" data-role="${column.role}" ${writable}>${page.choices(column.role).map(
        ([letter, written, means]) =>
          html`<option value="${letter}" ${letter === said.letter ? "selected" : ""}>${letter ? `${written} ${means}` : "–"}</option>`,
      )}</select>
      <small class="smp-raci-card-told">${text ? label : ""}</small>
      ${said.letter === "N/A" ? html`<input class="form-control" data-task="${column.role}" value="${said.task}" ${writable}
          placeholder="${__("Why it does not apply")}" aria-label="${__("Why it does not apply")}" />` : ""}</li>`;
  }

  wire() {
    const { $area, page } = this;
    const process = (id) => this.draw([id, "", ""]);
    const ids = page.sheet.processes.map(([id]) => id);
    $area.find("[data-step]").on("click", ({ currentTarget }) => {
      process(ids[ids.indexOf(this.place[0]) + Number(currentTarget.dataset.step)]);
    });
    $area.find("[data-process]").on("change", ({ currentTarget }) => process(currentTarget.value));
    $area.find("[data-place]").on("change", ({ currentTarget }) => this.draw(currentTarget.value.split("\n")));
    $area.find("[data-role]").on("change", ({ currentTarget }) => {
      const { role } = currentTarget.dataset;
      page.write_letter([[...this.place, role]], currentTarget.value);
      this.focus(currentTarget.value === "N/A" ? "task" : "role", role);
    });
    $area.find("[data-task]").on("change", ({ currentTarget }) => {
      const { task: role } = currentTarget.dataset;
      page.write_task([...this.place, role], currentTarget.value);
      this.focus("role", role);
    });
  }

  focus(what, role) {
    this.$area.find(`[data-${what}]`).filter((_, one) => one.dataset[what] === role).trigger("focus");
  }
}
