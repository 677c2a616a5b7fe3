/** What a scenario file and a test import. Light on purpose: the SDK is loaded when something runs. */

export * from './faults/builders.ts';
export { type CheckOptions, checkHistory, type HistoryLine, verdictOf } from './judging/check-history.ts';
export { HarnessError } from './lib/error.ts';
export type { AnomalyId } from './model/anomaly.ts';
export type { Head, HistoryEvent } from './model/event.ts';
export type { Claim, Finding, HistoryVerdict, Verdict } from './model/verdict.ts';
export * from './scenario/define.ts';
export { defineConfig } from './session/define-config.ts';
export { defineScenario, type ScenarioInput } from './session/define-scenario.ts';
export { run } from './session/run-scenario.ts';
export type { RunScenarioOptions, ScenarioVerdict } from './session/run-types.ts';
