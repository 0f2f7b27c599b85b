import type { EnvironmentStatus } from "../../../observe/index.ts";
import type { Screen } from "../../layout/screen.ts";
import { createStyle } from "../../style.ts";
import { environmentLines } from "./environment-lines.ts";
import { besideEachOther } from "./environments-beside.ts";

/** One environment whole, or several beside each other where there is room, and below that what is wrong. */
export function statusText(
  service: string,
  environments: readonly EnvironmentStatus[],
  screen: Screen,
): string {
  const style = createStyle(screen.color);
  const [only] = environments;
  const lines =
    only !== undefined && environments.length === 1
      ? environmentLines(service, only, screen, style)
      : (besideEachOther(service, environments, screen, style) ??
        environments.flatMap((one, index) => [
          ...(index === 0 ? [] : [""]),
          ...environmentLines(service, one, screen, style),
        ]));
  return lines.join("\n");
}
