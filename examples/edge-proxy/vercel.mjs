// @ts-check
// Vercel Edge: in a Next.js application this is app/api/v1/[...path]/route.js
import { handle } from "./proxy.mjs";

export const runtime = "edge";

/** @param {Request} request */
const answer = (request) => handle(request, process.env);

export { answer as GET, answer as OPTIONS, answer as POST };
