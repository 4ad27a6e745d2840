declare const unlisted: unique symbol;
/**
 * Any text but the ones that these types list. An event or an item of a kind that came later has it as its
 * `type`. Were it `string`, then `event.type === "response.output_text.delta"` would leave the unknown ones in,
 * and `event.delta` would be `unknown`. This is text that no literal is comparable to, so they fall out. To look
 * for a kind that is not listed, widen first: `switch (event.type as string)`.
 */
export type Unlisted = `${string}${string & { readonly [unlisted]: true }}`;

// biome-ignore lint/complexity/noUselessEmptyExport: in a declaration file it keeps the rest private
export {};
