// What the forms ask the server.

export const url = (method, plan) => `/api/method/sm_planner.api.${method}?plan=${encodeURIComponent(plan)}`;

/** Call the API about a document, a plan unless said otherwise; what it answers. Frappe shows what it refuses. */
export const call = (method, name, { about = "plan", args, ...options } = {}) =>
  frappe
    .call({ method: `sm_planner.api.${method}`, type: "GET", args: { [about]: name, ...args }, ...options })
    .then((answer) => answer.message);
