/** The imports of scenario files and tests. It loads little: the SDK is loaded only when something runs. */

export * from './consumers/builders.ts';
export { adversary } from './faults/adversary.ts';
export * from './faults/builders.ts';
export { type CheckOptions, checkHistory, verdictOf } from './judging/check-history.ts';
export { HarnessError } from './lib/error.ts';
export type { AnomalyId } from './model/anomaly.ts';
export type { Head, HistoryEvent, HistoryLine } from './model/event.ts';
export type { Claim, Finding, HistoryVerdict, Verdict } from './model/verdict.ts';
export * from './producers/builders.ts';
export { mergeShards, splitShard, updateShardCount, updateStack } from './scenario/reshard.ts';
export { command } from './session/command.ts';
export { defineConfig } from './session/define-config.ts';
export { defineScenario, type ScenarioInput } from './session/define-scenario.ts';
export { run } from './session/run-scenario.ts';
export type { RunScenarioOptions, ScenarioVerdict } from './session/run-types.ts';
export * from './subjects/acts/builders.ts';
export * from './subjects/builders.ts';
export { json, re } from './tap/identity/spec.ts';
export * from './workload/partition-keys.ts';
export * from './workload/payloads.ts';
