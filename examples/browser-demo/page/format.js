// @ts-check
// Numbers as people read them.

/** @param {number} value */
export function usd(value) {
  if (value === 0) return "$0";
  return `$${value.toFixed(value < 0.01 ? 6 : value < 1 ? 4 : 2)}`;
}

/** @param {number} value */
export const milliseconds = (value) => (value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`);

/** @param {number} value */
export const perSecond = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} tokens/s`;

/** @param {number} count @param {string} noun */
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
