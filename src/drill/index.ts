/**
 * Drills: what a loss costs, measured before there is one.
 *
 * Takes a service plan, gateways to AWS, and a way to run the commands that recover. Gives a report: what was
 * lost, how long nobody was served, and what of that was measured. Its one rule: what was not AWS is called
 * simulated.
 */
export type { CommandRun, DrillPorts, DrillSetting } from "./drill-ports.ts";
export { type DrillRecord, DrillRecords, isEnded } from "./drill-records.ts";
export type { AsideStore } from "./kept-records.ts";
export {
  type DrilledEmulator,
  functionsWithRoutes,
  openDrill,
  openRecords,
} from "./open-drill.ts";
export { regionPorts } from "./region-ports.ts";
export { type DrillReport, type Figure, isPassed } from "./report.ts";
export { reportMarkdown } from "./report-markdown.ts";
export { resumeDrill, runDrill } from "./run-drill.ts";
export { type Scenario, type ScenarioName, scenarioNames, scenarios } from "./scenario.ts";
export {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "./simulator/start-simulator.ts";
