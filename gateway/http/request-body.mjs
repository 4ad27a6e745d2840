// @ts-check
import { createHash } from "node:crypto";
import { ApiError } from "./errors.mjs";

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/**
 * Reads the body into the log. What exceeds the limit is read and forgotten: closing early would hide the 413.
 * @param {import('./exchange.mjs').Exchange} exchange
 */
export async function readBody({ req, record }) {
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw new ApiError("payload_too_large", "The request body is too large.");
  const bytes = Buffer.concat(chunks);
  record.body = bytes.toString("utf8");
  // Two different bodies can be the same text, once their broken characters are replaced.
  record.bodySha256 = createHash("sha256").update(bytes).digest("hex");
  record.json = parseOrNull(record.body);
}

/** @param {string} text */
function parseOrNull(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
