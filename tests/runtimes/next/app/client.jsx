"use client";
import * as auriko from "auriko-wasm";
import { useEffect } from "react";
import { contract } from "../contract.mjs";

export default function Client() {
  useEffect(() => {
    const gateway = new URLSearchParams(location.search).get("gateway");
    contract({ auriko, gateway, runtime: { name: "client component", browser: true } }).then(
      (results) => {
        globalThis.outcome = JSON.stringify({ results });
      },
      (error) => {
        globalThis.failure = String(error?.stack ?? error);
      },
    );
  }, []);
  return <p>contract</p>;
}
