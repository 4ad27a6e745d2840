// @ts-check
// Cloudflare Workers: npx wrangler dev, npx wrangler deploy
import { handle } from "./proxy.mjs";

export default { fetch: handle };
