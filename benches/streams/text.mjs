// @ts-check
// Words for streams, the same on every machine and in every run.

const ENGLISH = `the of and to in a is that for it with as was on be at by this had not are but from or have an they
  which one you were all her she there would their we him been has when who will no more if out so up said what its
  about than into them can only other time new some could these two may first then do any like my now over such our
  "quoted" back\\slash **bold** \`code\` tab\there`.split(/\s+/);
const WIDE =
  `你好 世界 模型 路由 最便宜 的 提供商 こんにちは 世界 ルーター 안녕하세요 세계 🙂 🚀 👩‍💻 é ü ñ 漢字 かな`.split(
    /\s+/,
  );

/** A small generator of numbers from 0 to 1 (xorshift32): Math.random cannot be seeded. @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * As many short pieces of text as asked for, such as models send.
 * @param {number} count
 * @param {{ wide?: boolean, seed?: number }} [options]
 */
export function pieces(count, { wide = false, seed = 7 } = {}) {
  const next = random(seed);
  const words = wide ? WIDE : ENGLISH;
  const piece = () => `${wide ? "" : " "}${words[Math.floor(next() * words.length)]}${next() < 0.02 ? "\n\n" : ""}`;
  return Array.from({ length: count }, piece);
}
