// @ts-check
// What the local gateway can be asked for, by the names of gateway/README.md.

/** @param {string} name @param {Record<string, string | number>} params */
const scenario = (name, params) =>
  [name, ...Object.entries(params).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)].join(";");

/** What is said in the page, and what is asked for. */
export const SIMULATIONS = [
  ["answers", ""],
  [
    "has a budget used up",
    scenario("status", {
      code: "budget_exhausted",
      message: "The budget of this key for November is used up.",
      suggestion: "Raise the budget, or wait until the month is over.",
    }),
  ],
  ["is busy twice, then answers", scenario("429-then-200", { after: 1, n: 2 })],
  [
    "fails in mid-answer",
    scenario("error-midstream", { after: 16, code: "upstream_error", message: "The provider has stopped answering." }),
  ],
  ["loses the connection", scenario("reset-mid-body", { after: 16 })],
  ["is slow", scenario("slow-events", { ms: 300 })],
];
