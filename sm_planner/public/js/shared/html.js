// All HTML is made here. Nothing else in the scripts escapes, and nothing else writes tags.

/** HTML that can be shown: what stands in it is escaped. The Desk takes it as a text: `String(…)`. */
class Html {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

function shown(value) {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(shown).join("");
  return value === false ? "" : frappe.utils.escape_html(String(value ?? ""));
}

/** A template of HTML: values are escaped but for HTML, lists are joined, and what is false or missing shows nothing. */
export const html = (parts, ...values) =>
  new Html(parts.reduce((made, part, position) => made + shown(values[position - 1]) + part));

/** What the Desk itself made as HTML, and escaped. */
export const safe = (text) => new Html(String(text));

/** A translated text with values, or HTML, where its numbers stand: `filled(text, html`<b>${name}</b>`)` for {0}. */
export const filled = (text, ...values) =>
  new Html(
    text
      .split(/\{(\d+)\}/)
      .map((part, position) => shown(position % 2 ? values[part] : part))
      .join(""),
  );

/** HTML after HTML, with HTML or a text between. */
export const joined = (pieces, between) => new Html(pieces.map(shown).filter(Boolean).join(shown(between)));

/** A choice of a Select or an Autocomplete of the Desk: it shows labels as HTML, and finds them again by what it shows. */
export const choice = ({ value, label }) => ({ value, label: sm_planner.without_tags(label) });

/** The text of HTML that a server has made. */
export const plain = (markup) => new DOMParser().parseFromString(markup, "text/html").body.textContent; // runs nothing

/** Show HTML in an area of a page. */
export const show = ($area, markup) => $area.html(String(markup));
