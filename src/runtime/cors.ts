import { environmentVariables } from "../names.ts";

/**
 * The CORS headers of an answer, for the origin that asks. They are on every answer, errors too, or a
 * browser hides the error from the page that caused it.
 */
export function corsHeaders(origin: string | undefined): Record<string, string> {
  const allowed = (process.env[environmentVariables.corsAllowOrigins] ?? "")
    .split(" ")
    .filter(Boolean);
  const exposed = process.env[environmentVariables.corsExposeHeaders];
  const anyOrigin = allowed.includes("*");
  const allowOrigin = anyOrigin ? "*" : allowed.find((candidate) => candidate === origin);
  return {
    ...(allowOrigin === undefined ? {} : { "Access-Control-Allow-Origin": allowOrigin }),
    ...(exposed ? { "Access-Control-Expose-Headers": exposed } : {}),
    ...(anyOrigin ? {} : { Vary: "Origin" }),
  };
}
