/** How a runbook begins that is derived; one that a person has made their own does not. */
export const runbookMark = "<!-- Derived from service.ts by lambdakit generate. -->";
