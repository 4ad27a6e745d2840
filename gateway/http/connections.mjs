// @ts-check

/** Numbers for sockets, so that the log shows which requests shared one. */
export class Connections {
  /** @type {WeakMap<import('node:net').Socket, number>} */
  #numbers = new WeakMap();
  #last = 0;

  /** @param {import('node:net').Socket} socket */
  numberOf(socket) {
    const known = this.#numbers.get(socket);
    if (known !== undefined) return known;
    this.#last += 1;
    this.#numbers.set(socket, this.#last);
    return this.#last;
  }
}
