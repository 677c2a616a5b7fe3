/** What a scenario file and a test import. Light on purpose: the SDK is loaded when something runs. */
export { type CheckOptions, checkHistory, type HistoryLine, verdictOf } from './check-history.ts';
export { defineScenario, type ScenarioInput } from './define-scenario.ts';
export * from './faults/builders.ts';
export { HarnessError } from './lib/error.ts';
export type { AnomalyId } from './model/anomaly.ts';
export type { Head, HistoryEvent } from './model/event.ts';
export type { Claim, Finding, HistoryVerdict, Verdict } from './model/verdict.ts';
export { run } from './run-scenario.ts';
export * from './scenario/define.ts';
export type { RunScenarioOptions, ScenarioVerdict } from './scenario-verdict.ts';
