// The service management map as a page of the Desk: now and in future, as a picture and as a table.
import { call } from "../shared/api.js";
import { html, show } from "../shared/html.js";
import { VIEWS, legend_html, map_html, table_html } from "./boxes.js";
import { rove, take_arrows } from "./keys.js";
import { light } from "./lines.js";
import { panel_html } from "./panel.js";

const PHONE = "(max-width: 767px)";
const WAIT = 250; // milliseconds between what is typed and the search

/** Fill a page of the Desk with the map of the plan that its address names; without one, with that shown before. */
export function show_service_map(wrapper) {
  const named = frappe.get_route()[1] || "";
  const at = frappe.route_options?.at || "";
  frappe.route_options = null;
  wrapper.smp_map ??= new ServiceMap(wrapper);
  return wrapper.smp_map.go(named, at);
}

class ServiceMap {
  constructor(wrapper) {
    this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Service Map"), single_column: true });
    this.$area = $(this.page.main);
    this.asked = { plan: "", by: "team", page: 1 };
    this.view = "both";
    this.is_table = window.matchMedia(PHONE).matches;
    this.sorted = { by: "", falls: false }; // as on the map, from the users down
    this.key = "";
    this.page.set_secondary_action(__("Refresh"), () => this.load());
    this.page.add_inner_button(__("Print"), () => window.print());
    this.page.add_inner_button(__("Plan"), () => frappe.set_route("Form", "SM Plan", this.told.plan));
    this.page.add_inner_button(__("SLA Chain Feasibility"), () =>
      frappe.set_route("query-report", "SLA Chain Feasibility", { plan: this.told.plan }),
    );
    this.listen(this.$area[0]);
    window.addEventListener("resize", frappe.utils.debounce(() => this.told && this.light(), WAIT));
  }

  async go(plan, at) {
    if (this.told && !at && (!plan || plan === this.asked.plan)) return;
    if (plan !== this.asked.plan) this.asked = { ...this.asked, plan, page: 1 };
    await this.load({ at });
  }

  async load({ at = "", focus = "" } = {}) {
    this.$area.attr("aria-busy", true);
    try {
      this.told = await call("service_map", this.asked.plan, { args: { by: this.asked.by, page: this.asked.page, at } });
    } finally {
      this.$area.removeAttr("aria-busy");
    }
    const { plan, page, chosen, title } = this.told;
    if (!plan) {
      show(this.$area, html`<p class="text-muted">${__("There is no plan that you may read.")}</p>`);
      return;
    }
    Object.assign(this.asked, { plan, page });
    this.page.set_title(__("Service Map: {0}", [title]));
    this.key = "";
    show(this.$area, frame_html(this.told, this.view, this.is_table));
    this.draw();
    if (at && !chosen) this.say(__("The map of this plan has no such box. Choose another plan."));
    if (chosen) await this.choose(chosen, true);
    if (focus) this.area(`[name=${focus}]`)?.focus();
  }

  area(selector) {
    return this.$area[0].querySelector(selector);
  }

  box(key) {
    return [...this.$area[0].querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  }

  draw() {
    const { told, view } = this;
    const body = this.is_table ? table_html(told, view, this.sorted) : map_html(told, view);
    show($(this.area(".sm-map-area")), body);
    for (const button of this.$area[0].querySelectorAll("[data-as]")) {
      button.setAttribute("aria-pressed", String((button.dataset.as === "table") === this.is_table));
    }
    this.light();
  }

  light() {
    light(this.$area[0], this.told, this.key);
    rove(this.$area[0], this.key);
    for (const button of this.$area[0].querySelectorAll(".sm-map-open")) {
      button.setAttribute("aria-pressed", String(button.dataset.key === this.key));
    }
  }

  say(text) {
    this.area(".sm-map-said").textContent = text;
  }

  listen(area) {
    take_arrows(area);
    area.addEventListener("click", ({ target }) => this.clicked(target));
    area.addEventListener("submit", (event) => event.preventDefault());
    area.addEventListener("change", ({ target }) => this.changed(target));
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.key || event.target.closest("[type=search]")) return;
      event.stopPropagation(); // the Desk would take the focus from the box
      this.close();
    });
    const search = frappe.utils.debounce((text) => this.search(text), WAIT);
    area.addEventListener("input", ({ target }) => target.name === "text" && search(target.value));
  }

  clicked(target) {
    const found = target.closest("[data-found]");
    const button = target.closest("button");
    if (!button) return;
    const { key, sort, as, step, act } = button.dataset;
    if (found) this.leap(found.dataset);
    else if (key) this.choose(key, true);
    else if (sort) this.sort(sort);
    else if (as) {
      this.is_table = as === "table";
      this.draw();
    } else if (step) this.turn(this.asked.page + Number(step));
    else if (act === "close") this.close();
  }

  changed({ name, value }) {
    if (name === "plan") frappe.set_route("service-map", value);
    if (name === "page") this.turn(Number(value), "page");
    if (name === "by") {
      Object.assign(this.asked, { by: value, page: 1 });
      this.load({ focus: "by" });
    }
    if (name === "view") {
      this.view = value;
      this.draw();
    }
  }

  turn(page, focus = "") {
    this.asked.page = page;
    return this.load({ focus });
  }

  sort(column) {
    const falls = this.sorted.by === column && !this.sorted.falls;
    this.sorted = { by: column, falls };
    this.draw();
    this.area(`[data-sort=${column}]`).focus();
  }

  /** Show what a box carries. */
  async choose(key, moves) {
    this.key = key;
    this.light();
    const box = this.told.lanes.flatMap(({ boxes }) => boxes).find((one) => one.key === key);
    const panel = this.area(".sm-map-panel");
    panel.hidden = false;
    this.light(); // the panel takes room
    show($(panel), html`<p role="status" class="text-muted">${__("Loading …")}</p>`);
    const { collection, id } = box;
    const told = await call("service_map_box", this.asked.plan, { args: { collection, id } });
    if (this.key !== key) return;
    show($(panel), panel_html(box, told));
    if (moves) panel.querySelector("h3").focus({ preventScroll: !window.matchMedia(PHONE).matches });
  }

  close() {
    const { key } = this;
    this.key = "";
    this.area(".sm-map-panel").hidden = true;
    this.light();
    this.box(key)?.focus();
  }

  async search(text) {
    const $found = $(this.area(".sm-map-results"));
    if (!text.trim()) {
      show($found, "");
      return;
    }
    const found = await call("find_on_service_map", this.asked.plan, { args: { text, by: this.asked.by } });
    if (this.area("[name=text]").value !== text) return;
    show(
      $found,
      found.length
        ? html`<ul>${found.map(
            ({ key, title, lane, page }) => html`<li data-found data-box="${key}" data-page="${page}">
              <button type="button" class="btn btn-default btn-xs">${title} <span class="text-muted">${lane}</span></button></li>`,
          )}</ul>`
        : html`<p class="text-muted">${__("No box has these words in its title.")}</p>`,
    );
  }

  async leap({ box, page }) {
    if (Number(page) !== this.asked.page) await this.turn(Number(page));
    else show($(this.area(".sm-map-results")), "");
    this.box(box)?.scrollIntoView({ block: "center" });
    await this.choose(box, true);
  }
}

const view_label = (view) =>
  ({ both: __("What Differs"), now: __("Now"), future: __("Future"), side: __("Side by Side") })[view];

const options = (pairs, chosen) =>
  pairs.map(([value, label]) => html`<option value="${value}" ${String(value) === String(chosen) ? "selected" : ""}>${label}</option>`);

const choice = (name, label, pairs, chosen) =>
  html`<label>${label}<select class="form-control" name="${name}">${options(pairs, chosen)}</select></label>`;

function frame_html(told, view, is_table) {
  const { plan, plans, by, page, pages } = told;
  const named = plans.some(({ name }) => name === plan) ? plans : [{ name: plan, title: told.title, version: told.version }, ...plans];
  const button = (as, label) =>
    html`<button type="button" class="btn btn-default btn-sm" data-as="${as}" aria-pressed="${String((as === "table") === is_table)}">${label}</button>`;
  return html`<div class="sm-map" data-plan="${plan}">
    <form class="sm-map-choice">
      ${choice("plan", __("Plan"), named.map(({ name, title, version }) => [name, `${title || name} ${version || ""}`]), plan)}
      ${choice("view", __("Show"), VIEWS.map((one) => [one, view_label(one)]), view)}
      ${choice("by", __("Pages By"), [["team", __("Team")], ["importance", __("Importance")]], by)}
      ${pages.length > 1 ? page_html(page, pages) : ""}
      <label>${__("Find a Box")}<input type="search" class="form-control" name="text" autocomplete="off" /></label>
      <div class="btn-group" role="group" aria-label="${__("Map or Table")}">${button("map", __("Map"))}${button("table", __("Table"))}</div>
    </form>
    <div class="sm-map-results" role="status"></div>
    <p class="sm-map-said" role="status"></p>
    <h2 class="sm-map-heading">${told.title} · ${view_label(view)} · ${pages[page - 1]}</h2>
    <p class="text-muted">${reading(told)}</p>
    ${legend_html(told)}
    <div class="sm-map-body"><div class="sm-map-area"></div>
      <aside class="sm-map-panel" aria-label="${__("Chosen Box")}" hidden></aside></div>
    <p class="text-muted">${foot(told)}</p>
  </div>`;
}

const page_html = (page, pages) => html`<div class="sm-map-pages">
  ${choice("page", __("Page {0} of {1}", [page, pages.length]), pages.map((label, place) => [place + 1, label]), page)}
  <button type="button" class="btn btn-default btn-sm" data-step="-1" ${page > 1 ? "" : "disabled"} aria-label="${__("Previous Page")}">‹</button>
  <button type="button" class="btn btn-default btn-sm" data-step="1" ${page < pages.length ? "" : "disabled"} aria-label="${__("Next Page")}">›</button></div>`;

/** What now and future are. */
function reading({ now_version, unproven_version, version, as_of, agreements_from, agreements_to }) {
  const now = now_version
    ? __("Now is version {0} as it was signed, without what is not live yet.", [now_version])
    : __("Now is without services in the pipeline or in design, and without partners who have not started.");
  const doubt = unproven_version
    ? __("The seal of version {0} does not hold, so that this map does not compare with it.", [unproven_version])
    : "";
  const future = __("Future is version {0} without what retires or leaves. As of {1}.", [version || "–", as_of]);
  const agreements = agreements_to
    ? __("Agreements are compared from {0} to {1}, the last day of the plan.", [agreements_from, agreements_to])
    : __("The plan names no last day that lies ahead, so that it is not told which agreements begin or end by then.");
  return [doubt, now, future, agreements].filter(Boolean).join(" ");
}

function foot({ owners, elsewhere }) {
  const people = Object.entries(owners).map(([short, full]) => `${short} ${full}`);
  return [
    __("Numbers stand for services."),
    people.length ? __("Service owners: {0}.", [people.join(", ")]) : "",
    elsewhere ? __("Findings about records that are not on the map: {0}.", [elsewhere]) : "",
  ].join(" ");
}
