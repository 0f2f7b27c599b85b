import type { Look } from "./act.ts";

/** What was lost is back, within the targets of `service.ts`. */
export const drilled: Look = ({ told }) => {
  const { recovered, why, rpo, rto } = told.reports?.[0] ?? {};
  if (recovered !== true) return { wrong: `it was not recovered: ${why}` };
  const figures = Object.entries({ RPO: rpo, RTO: rto }).map(
    ([name, figure]) => `${name} ${figure?.seconds?.toFixed(1)} s`,
  );
  const says = `recovered, ${figures.join(", ")}, ${rto?.kind}`;
  return rpo?.met && rto?.met ? { says } : { wrong: `a target was missed: ${says}` };
};
