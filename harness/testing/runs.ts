/**
 * How often a property is tried. `npm test` keeps to a modest number; `npm run test:deep` (harness/testing/deep.ts) sets the variable, and then a property whose every run drives an engine says its own
 * larger number here. All others are tried 10,000 times there, whatever they say.
 */
export const isDeep = process.env['KINESIS_ORDER_DEEP'] !== undefined;

export const engineRuns = (modest: number, deep: number): number => (isDeep ? deep : modest);

/** The seed that was given to `test:deep`. */
export const deepSeed = (): { readonly seed?: number } => {
  const given = process.env['KINESIS_ORDER_DEEP_SEED'];
  return given === undefined ? {} : { seed: Number(given) };
};
