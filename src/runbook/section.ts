import type { AlarmKind, AlarmPlan, ServicePlan } from "../plan/index.ts";

/** One section of a runbook: what somebody needs who was just woken, in the order that they need it. */
export interface Section {
  /** What its address ends with, behind `#`. */
  readonly anchor: string;
  readonly title: string;
  /** What they see. */
  readonly see: string;
  /** What it means. */
  readonly means: string;
  readonly steps: readonly Step[];
  /** How they know that it is over. */
  readonly check: readonly Step[];
  /** When they should not be alone with it any more. */
  readonly escalate: string;
}

export interface Step {
  readonly what: string;
  /** What is typed for it. */
  readonly command?: string;
}

/** The alarms of one kind, and the environment that the commands are written for. */
export interface Occasion {
  readonly plan: ServicePlan;
  /** Of this kind, in that environment: at least one. */
  readonly alarms: readonly AlarmPlan[];
}

export type SectionOf = (occasion: Occasion) => Omit<Section, "anchor">;

export type Sections<Kind extends AlarmKind> = Readonly<Record<Kind, SectionOf>>;
