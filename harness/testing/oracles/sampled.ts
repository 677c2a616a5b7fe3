/**
 * One in so many, so that `.ci/run` ends in time; `npm run test:deep` asks about all of them. The same ones each time.
 */
export const sampled = <T>(all: readonly T[], oneIn: number): readonly T[] =>
  process.env['KINESIS_ORDER_DEEP_RUNS'] === undefined ? all.filter((_, index) => index % oneIn === 0) : all;
