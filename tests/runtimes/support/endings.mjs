// @ts-check
// What has to happen when all tests of a file are over. (A hook that is registered while a test runs belongs to
// that test.)
import { after } from "node:test";

/** @type {(() => unknown)[]} */
const endings = [];

after(async () => {
  const failures = [];
  for (const ending of endings.reverse()) {
    try {
      await ending();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "not all was cleaned up");
});

/** The last to be registered comes first. @param {() => unknown} ending */
export function atEnd(ending) {
  endings.push(ending);
}
