// @ts-check
// Whose key it is, what the key may do, and what is left of its credit.

const INFERENCE_RPM = 600;
const OPENING_BALANCE_MICRODOLLARS = 25_000_000;
const MONTHLY_BUDGET_USD = 50;

/** Providers for which the workspace has stored a key of its own. */
export const OWN_KEYS = ["deepseek", "xai"];

/** Providers that can be reached with such a key only. */
export const WITHOUT_PLATFORM_KEY = ["xai"];

export class Account {
  #spentMicrodollars = 0;
  #minute = { startedAt: -Infinity, requests: 0 };

  /** @param {number} usd */
  charge(usd) {
    this.#spentMicrodollars += Math.round(usd * 1_000_000);
  }

  /**
   * The documented headers. The limit is reported and never enforced: a test that wants a
   * 429 asks for one by scenario.
   * @param {number} now milliseconds since the epoch
   * @returns {Record<string, string>}
   */
  headersFor(now) {
    if (now - this.#minute.startedAt >= 60_000) this.#minute = { startedAt: now, requests: 0 };
    this.#minute.requests += 1;
    return {
      "X-RateLimit-Limit-Requests": String(INFERENCE_RPM),
      "X-RateLimit-Remaining-Requests": String(Math.max(0, INFERENCE_RPM - this.#minute.requests)),
      "X-RateLimit-Reset-Requests": new Date(this.#minute.startedAt + 60_000).toISOString(),
      "X-Credits-Balance-Microdollars": String(OPENING_BALANCE_MICRODOLLARS - this.#spentMicrodollars),
      "X-Budget-Monthly-Limit": MONTHLY_BUDGET_USD.toFixed(2),
      "X-Budget-Monthly-Spend": (this.#spentMicrodollars / 1_000_000).toFixed(2),
    };
  }

  /** @param {string} key */
  identity(key) {
    return {
      credential_type: "api_key",
      status: "active",
      profile: "inference",
      key_id: "key_local_0001",
      key_prefix: key.slice(0, 8),
      key_name: "local stand-in",
      workspace: { id: "ws_local_0001", name: "Local workspace" },
      scopes: ["inference"],
      rate_limits: { inference_rpm: INFERENCE_RPM, management_reads_rpm: 60, management_writes_rpm: 30 },
      expires_at: null,
      created_at: "2026-01-01T00:00:00Z",
    };
  }
}
