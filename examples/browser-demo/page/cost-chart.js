// @ts-check
// What the session has cost, answer by answer, as a chart drawn by hand.
import { counted, usd } from "./format.js";
import { part } from "./page.js";

const WIDTH = 288;
const HEIGHT = 88;
const MARGIN = 6;

/** @typedef {{ lane: "a" | "b", total: number, cost: number, provider: string }} Point */

export class CostChart {
  /** @type {Point[]} */
  #points = [];
  #tokens = 0;

  /** @param {import("./answer.js").Answer} answer */
  add({ lane, metadata, usage }) {
    const cost = metadata?.cost?.usd;
    if (cost === undefined) return;
    this.#tokens += usage?.total_tokens ?? 0;
    this.#points.push({ lane, cost, total: this.#total + cost, provider: metadata?.provider ?? "" });
    this.#show();
  }

  get #total() {
    return this.#points.at(-1)?.total ?? 0;
  }

  #show() {
    const answers = counted(this.#points.length, "answer");
    part("total", HTMLElement).textContent = usd(this.#total);
    part("spent", HTMLElement).textContent = `${answers}, ${counted(this.#tokens, "token")}`;
    const label = `The running cost rises to ${usd(this.#total)} over ${answers}.`;
    const chart = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label });
    // From nothing, which is where the first answer started.
    const corners = [
      { x: MARGIN, y: HEIGHT - MARGIN },
      ...this.#points.map((point, index) => this.#place(point, index)),
    ];
    const line = corners.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(" L ");
    const last = corners[corners.length - 1];
    chart.append(
      svg("path", { class: "area", d: `M ${line} L ${last.x} ${HEIGHT - MARGIN} L ${MARGIN} ${HEIGHT - MARGIN} Z` }),
      svg("path", { class: "base", d: `M ${MARGIN} ${HEIGHT - MARGIN} H ${WIDTH - MARGIN}` }),
      svg("path", { class: "line", d: `M ${line}` }),
      ...this.#points.map((point, index) => {
        const { x, y } = this.#place(point, index);
        const dot = svg("circle", { class: "dot", "data-lane": point.lane, cx: String(x), cy: String(y), r: "3.5" });
        const title = svg("title", {});
        title.textContent = `${point.provider}: ${usd(point.cost)}, ${usd(point.total)} in all`;
        dot.append(title);
        return dot;
      }),
    );
    part("chart", HTMLElement).replaceChildren(chart);
  }

  /** @param {Point} point @param {number} index */
  #place({ total }, index) {
    const share = (index + 1) / this.#points.length;
    return {
      x: MARGIN + share * (WIDTH - 2 * MARGIN),
      y: HEIGHT - MARGIN - (this.#total === 0 ? 0 : total / this.#total) * (HEIGHT - 2 * MARGIN),
    };
  }
}

/** @param {string} name @param {Record<string, string>} attributes */
function svg(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
