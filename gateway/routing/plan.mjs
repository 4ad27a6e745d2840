// @ts-check
import { effortFor, forProvider, optionalParameters } from "./parameters.mjs";
import { chooseRoute } from "./route.mjs";

/**
 * How a request will be served: by whom, with which parameters, with how much reasoning.
 * @param {Record<string, any>} given the checked body
 * @param {import('./features.mjs').Needs['endpoint']} endpoint
 * @param {{ effort: string | null, vision: boolean, format: import('./features.mjs').Needs['format'] }} asked
 */
export function planFor(given, endpoint, { effort: askedEffort, vision, format }) {
  const tools = (given.tools ?? []).length > 0;
  const route = chooseRoute(
    given,
    { endpoint, tools, vision, format, reasoning: ![null, "off", "none"].includes(askedEffort) },
    {
      optionalParameters: optionalParameters(given),
      forcedTool: given.tool_choice === "required" || (given.tool_choice ?? null) instanceof Object,
    },
  );
  const { body, warnings } = forProvider(given, endpoint, route.offer.provider);
  const withTools = tools && given.tool_choice !== "none";
  const { effort, warnings: effortWarnings } = effortFor(askedEffort, route.model, withTools);
  return { route: { ...route, warnings: [...route.warnings, ...warnings, ...effortWarnings] }, body, effort };
}
