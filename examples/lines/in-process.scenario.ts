import { defineScenario, fn } from 'kinesis-order';

export default defineScenario({
  name: 'in-process',
  why: 'a function of our own keeps the order in which it is handed records',
  workload: { keys: 10, recordsPerKey: 10 },
  producers: [fn('./mine.ts#produce')],
});
