// What the forms ask the server.
import { plain } from "./html.js";

export const url = (method, plan) => `/api/method/sm_planner.api.${method}?plan=${encodeURIComponent(plan)}`;

/** Call the API about a document, a plan unless said otherwise; what it answers. Frappe shows what it refuses. */
export const call = (method, name, { about = "plan", args, ...options } = {}) =>
  frappe
    .call({ method: `sm_planner.api.${method}`, type: "GET", args: { [about]: name, ...args }, ...options })
    .then((answer) => answer.message);

/** Call the server without the Desk's dialogues: whoever asks says what was refused. An error that is `refused` stays; any other may pass. */
export async function post(method, args) {
  const answer = await fetch(`/api/method/sm_planner.api.${method}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-Frappe-CSRF-Token": frappe.csrf_token,
    },
    body: JSON.stringify(args),
  });
  if (answer.ok) return (await answer.json()).message;
  const told = await answer.json().catch(() => ({}));
  const error = new Error(words_of(told));
  // What a server, or somebody before it, cannot do now it can do later; a lock of another save is such a thing, too.
  error.refused = answer.status < 500 && ![408, 423, 429].includes(answer.status);
  throw error;
}

function words_of(told) {
  try {
    const texts = JSON.parse(told._server_messages || "[]").map((one) => JSON.parse(one).message);
    return texts.map(plain).join(" ");
  } catch {
    return "";
  }
}
