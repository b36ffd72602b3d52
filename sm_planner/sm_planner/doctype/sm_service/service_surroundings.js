// What a service stands among: what it rests on, what rests on it, and what is promised about it.

class ServiceSurroundings extends sm_planner.Panel {
  constructor(frm) {
    super(frm, "surroundings_html", "service");
  }

  purpose() {
    return __("Save the service to see here what it depends on, and what depends on it.");
  }

  load() {
    this.ask_for("service_surroundings", __("Loading the surroundings of the service …"), (groups) => {
      this.$area.html(`<section class="smp-panel smp-groups" aria-label="${__("Surroundings")}">
        ${groups.map((group) => this.group(group)).join("")}</section>`);
    });
  }

  group({ title, empty, lines, hidden }) {
    const more = hidden ? `<p class="text-muted">${__("{0} more that you may not read.", [hidden])}</p>` : "";
    const told = lines.length ? `<ul>${lines.map(line_html).join("")}</ul>` : "";
    return `<div>
      <h5>${sm_planner.escape(title)} <span class="text-muted">${lines.length + hidden || ""}</span></h5>
      ${told}${more || (told ? "" : `<p class="text-muted">${sm_planner.escape(empty)}</p>`)}
    </div>`;
  }
}

function line_html({ doctype, id, title, details, warns }) {
  const told = details.map(sm_planner.escape).join(" · ");
  const mark = warns ? `<span class="smp-warns" aria-hidden="true">!</span> ` : "";
  return `<li>${mark}${sm_planner.document_link(doctype, id, title)}
    <span class="text-muted">${told}</span></li>`;
}

sm_planner.on_form("SM Service", ServiceSurroundings);
