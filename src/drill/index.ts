/**
 * Drills: what a loss costs, measured before there is one.
 *
 * Takes a service plan, gateways to AWS, and a way to run the commands that recover. Gives a report: what was
 * lost, how long nobody was served, and what of that was measured. Its one rule: what was not AWS is called
 * simulated.
 */
export {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "./simulator/start-simulator.ts";
