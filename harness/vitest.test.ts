import { scenarioTests } from './vitest.ts';

// What a user's test file holds: each scenario becomes a test of its own, and fails with the verdict as its text.
await scenarioTests({
  patterns: ['scenarios/put-records.scenario.ts', 'scenarios/explicit-hash-key.scenario.ts'],
  target: 'kinesalite',
  seed: '1',
  out: '.cache/vitest-runs',
});
