// @ts-check
// The programs in a page of Markdown: its blocks of js and ts.

/**
 * @typedef {object} Program
 * @property {string} title where it is
 * @property {string} file its name in the project of the page
 * @property {boolean} named whether the page gives it that name, so that its other programs can import it
 * @property {string} code
 * @property {string} scenario of the gateway
 * @property {boolean} browser whether it is for a page and not for Node
 * @property {string} [output] what the page says that it prints; … stands for anything in a line
 */

/** Everything in a fence: its language, the rest of that line, and what it holds. */
const FENCE = /^```(\w*) *(.*)\n([\s\S]*?)^```$/gm;
const OTHER_NAMES = /^(javascript|typescript|[cm]?jsx?|[cm]?tsx?)$/;

/** @param {string} page @returns {Program[]} */
export function programsIn(page) {
  /** @type {Program[]} */
  const programs = [];
  let fences = 0;
  for (const { index, 1: language, 2: option, 3: code } of page.matchAll(FENCE)) {
    fences += 2;
    const line = page.slice(0, index).split("\n").length;
    if (language === "text" && option === "output") {
      const program = programs.at(-1);
      if (!program) throw new Error(`line ${line}: no program prints this`);
      program.output = code;
      continue;
    }
    if (language !== "js" && language !== "ts") {
      if (OTHER_NAMES.test(language)) throw new Error(`line ${line}: ${language} is not run; write js or ts`);
      continue;
    }
    const options = /^(browser)? ?(?:scenario=(\S+))?$/.exec(option);
    if (!options) throw new Error(`line ${line}: what is ${option}?`);
    const heading =
      page
        .slice(0, index)
        .match(/^#+ .*$/gm)
        ?.at(-1) ?? "";
    const name = /^\/\/ (\S+\.[cm]?[jt]s)\n/.exec(code)?.[1];
    programs.push({
      title: `line ${line}, ${heading.replace(/^#+ /, "")}`,
      file: name ?? `line-${line}.${language}`,
      named: name !== undefined,
      code,
      scenario: options[2] ?? "ok",
      browser: options[1] !== undefined,
    });
  }
  // An indented one, for instance, or one that is not closed.
  if ((page.match(/^\s*```/gm)?.length ?? 0) !== fences) throw new Error("a fence is not at the start of its line");
  return programs;
}
