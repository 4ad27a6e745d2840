// OpenTelemetry: a span for each call, and below it the HTTP requests that it took, also with several calls at a time.
//   in this repository: npm run example opentelemetry
//   in a project:       npm install auriko-wasm @opentelemetry/api@1.9 @opentelemetry/sdk-trace@2 @opentelemetry/context-async-hooks@2 @opentelemetry/instrumentation@0.223 @opentelemetry/instrumentation-undici@0.33
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { registerInstrumentations } from "@opentelemetry/instrumentation";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { AurikoClient, RoutingOptions } from "auriko-wasm";

// Here the spans stay in memory, to be printed below. Yours go to a collector.
const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const headersToSpanAttributes = { responseHeaders: ["x-request-id"] };
registerInstrumentations({ instrumentations: [new UndiciInstrumentation({ headersToSpanAttributes })] });
const tracer = trace.getTracer("example");

const client = new AurikoClient({
  // It runs in the async context of its call, so the active span is that of the call.
  onResponse: ({ provider, routing_strategy, model_canonical, cost }) =>
    trace.getActiveSpan()?.setAttributes({
      "gen_ai.response.model": model_canonical,
      "auriko.provider": provider,
      "auriko.routing_strategy": routing_strategy,
      "auriko.cost_usd": cost?.usd,
    }),
});

/** Streams an answer within a span, named as OpenTelemetry's conventions for generative AI have it. */
function chat(model, content, optimize) {
  const attributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "auriko",
    "gen_ai.request.model": model,
  };
  return tracer.startActiveSpan(`chat ${model}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      const stream = await client.chat.completions.create({
        model,
        messages: [{ role: "user", content }],
        stream: true,
        ...new RoutingOptions({ optimize }).toExtraBody(),
      });
      let text = "";
      for await (const piece of stream.textStream) text += piece;
      span.setAttributes({
        "auriko.request_id": stream.requestId ?? undefined,
        "gen_ai.usage.input_tokens": stream.usage?.prompt_tokens,
        "gen_ai.usage.output_tokens": stream.usage?.completion_tokens,
      });
      return text;
    } catch (error) {
      span.recordException(error);
      span.setAttribute("error.type", error.code ?? error.name);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
      throw error;
    } finally {
      span.end();
    }
  });
}

const strategies = ["cost", "ttft", "tps", "balanced"];
await Promise.all(strategies.map((strategy) => chat("gpt-5.4", `Name a virtue of ${strategy}.`, strategy)));

const spans = exporter.getFinishedSpans();
for (const call of spans.filter((span) => span.kind === SpanKind.CLIENT && !span.parentSpanContext)) {
  const { attributes, name } = call;
  console.log(`${name}, ${attributes["auriko.request_id"]}: ${attributes["auriko.provider"]}`);
  const { spanId } = call.spanContext();
  for (const { name, attributes } of spans.filter((span) => span.parentSpanContext?.spanId === spanId)) {
    const [id] = attributes["http.response.header.x-request-id"];
    console.log(`  ${name} ${attributes["url.full"]}, ${id}: ${attributes["http.response.status_code"]}`);
  }
}
