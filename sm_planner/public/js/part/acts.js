// What people do on the page of their own part, in the Desk and on the portal: nothing else is loaded there.

const post = (method, args) =>
  frappe.call({ method: `sm_planner.api.${method}`, type: "POST", args, freeze: true }).then((answer) => answer.message);

/** Tell on a page of a part that something was done. */
function say(area, text) {
  const said = area.querySelector(".sm-part-said");
  said.textContent = text;
  said.hidden = false;
}

/** Let the page of a part act. area: the element that holds it. reload: shows the page anew, of the lineage that is given; resolves to its area,
 * or to nothing where the browser leaves the page. */
export function act_in(area, reload) {
  const part = area.querySelector(".sm-part");
  const { lineage, shown } = part.dataset;
  const clicks = {
    confirm: () => post("confirm_my_part", { lineage, shown }).then(() => reload(lineage)),
    feed: async () => {
      const address = await post("make_my_calendar");
      const shown_once = part.querySelector(".sm-part-feed");
      const field = shown_once.querySelector("input");
      field.value = address;
      shown_once.hidden = false;
      field.select();
    },
    "no-feed": () => post("revoke_my_calendar").then(() => reload(lineage)),
  };
  const forms = {
    measure: (values, { objective = "", value = "" }) =>
      post("add_measurement", { lineage, objective, value_statement: value, ...values }),
    progress: (values, { improvement }) => post("report_progress", { lineage, improvement, ...values }),
    suggest: (values) => post("suggest_improvement", { lineage, ...values }),
    workaround: (values) => post("report_workaround", { lineage, ...values }),
    heard: (values, { communication, held, hash }) =>
      post("confirm_briefing", { lineage, communication, held_on: held, shown: hash }),
    attended: (values, { training }) => post("confirm_training", { lineage, training, ...values }),
    report: (values, { report, issue }) => post("say_of_report", { lineage, report, shown: issue, ...values }),
    evidence: (values, { commitment }) => post("add_evidence", { lineage, commitment, ...values }),
  };

  for (const button of part.querySelectorAll("button[data-act]")) {
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await clicks[button.dataset.act]();
      } finally {
        button.disabled = false;
      }
    });
  }
  for (const form of part.querySelectorAll("form[data-act]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await forms[form.dataset.act](Object.fromEntries(new FormData(form)), form.dataset);
      const shown = await reload(lineage);
      if (shown) say(shown, part.dataset.saved);
    });
  }
  part.querySelector("select[data-act=choose]")?.addEventListener("change", (event) => reload(event.target.value));
}
