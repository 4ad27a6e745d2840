// @ts-check
// One event of about a kilobyte.
const text = "All work and no play makes a stream. ".repeat(24);
const chunk = { id: "chatcmpl-1", object: "chat.completion.chunk", model: "gpt-5.4" };
export const event = `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, delta: { content: text } }] })}\n\n`;
