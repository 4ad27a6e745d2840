// @ts-check

/** What a read gives that was the last: the body has ended with it. */
export class Ended {
  /** @param {unknown[] | string | undefined} [batch] */
  constructor(batch) {
    this.batch = batch;
  }
}

/** Called by the core. @param {unknown[] | string | undefined} batch */
export function ended(batch) {
  return new Ended(batch);
}
