import type { Look } from "./act.ts";
import { one } from "./looks.ts";

/** A figure of a drill's report. */
interface Figure {
  readonly seconds: number | null;
  readonly met: boolean;
  readonly kind: string;
}

interface Drilled {
  readonly recovered?: boolean;
  readonly why?: string | null;
  readonly rpo?: Figure;
  readonly rto?: Figure;
}

/** What was lost is back, within the targets of `service.ts`. */
export const drilled: Look = ({ told }) => {
  const { recovered, why, rpo, rto } = one(told) as Drilled;
  if (recovered !== true) return { wrong: `it was not recovered: ${why}` };
  const figures = Object.entries({ RPO: rpo, RTO: rto }).map(
    ([name, figure]) => `${name} ${figure?.seconds?.toFixed(1)} s`,
  );
  const says = `recovered, ${figures.join(", ")}, ${rto?.kind}`;
  return rpo?.met && rto?.met ? { says } : { wrong: `a target was missed: ${says}` };
};
