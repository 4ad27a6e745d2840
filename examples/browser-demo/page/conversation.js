// @ts-check
// What was said, in the order of saying. Where two strategies are compared, each goes on from its own answers.

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./answer.js").Message} Message */

/** One question and its answers, one for each strategy. */
export class Turn {
  /** @param {string} question @param {Answer[]} answers */
  constructor(question, answers) {
    this.question = question;
    this.answers = answers;
  }

  /** What this strategy has said, or the other one where it was not asked. @param {Answer["lane"]} lane */
  answerOf(lane) {
    return this.answers.find((answer) => answer.lane === lane) ?? this.answers[0];
  }
}

export class Conversation {
  /** @type {Turn[]} */
  turns = [];

  /** What goes to the model for a turn. What failed or was never said is left out. @param {Turn} turn @param {Answer["lane"]} lane */
  messagesFor(turn, lane) {
    const before = this.turns.slice(0, this.turns.indexOf(turn));
    const said = before.filter((each) => each.answerOf(lane).text !== "");
    /** @type {Message[]} */
    const messages = said.flatMap((each) => [
      { role: "user", content: each.question },
      { role: "assistant", content: each.answerOf(lane).text },
    ]);
    return [...messages, /** @type {Message} */ ({ role: "user", content: turn.question })];
  }
}
