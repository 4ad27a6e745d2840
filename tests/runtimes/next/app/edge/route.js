import { AsyncLocalStorage } from "node:async_hooks";
import * as auriko from "auriko-wasm";
import { contract } from "../../contract.mjs";

export const runtime = "edge";

export async function GET(request) {
  const gateway = request.nextUrl.searchParams.get("gateway");
  return Response.json(await contract({ auriko, gateway, runtime: { name: "edge route", AsyncLocalStorage } }));
}
