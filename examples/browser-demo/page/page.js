// @ts-check
// The elements that index.html has.

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function part(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${type.name} called ${id}`);
}

/** Tells those who listen to the page. @param {string} text */
export function announce(text) {
  part("announcer", HTMLElement).textContent = text;
}

/** Keeps the end of the conversation in sight for those who are there, and does not pull others away. */
export function followConversation() {
  const view = part("conversation", HTMLElement);
  let isAtEnd = true;
  view.addEventListener("scroll", () => {
    isAtEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 48;
  });
  new ResizeObserver(() => {
    if (isAtEnd) view.scrollTop = view.scrollHeight;
  }).observe(part("turns", HTMLElement));
  return () => {
    isAtEnd = true;
    view.scrollTop = view.scrollHeight;
  };
}
