/** Every n-th item, always the same ones, so that `.ci/run` ends in time. All of them in `npm run test:deep`. */
export const sampled = <T>(all: readonly T[], oneIn: number): readonly T[] =>
  process.env['KINESIS_ORDER_DEEP_RUNS'] === undefined ? all.filter((_, index) => index % oneIn === 0) : all;
