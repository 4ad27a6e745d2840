import { Suspense } from "react";
import Client from "./client.jsx";

export default function Page() {
  return (
    <Suspense>
      <Client />
    </Suspense>
  );
}
