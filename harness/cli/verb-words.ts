/** Collects the values of a flag that may be given several times. */
export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

export const exitCodes = `
Exit codes: 0 promises hold · 1 a promise is broken · 2 usage or configuration · 3 the target failed · 4 unknown, or nothing was judged · 5 a command under test failed · 130 interrupted`;

export const anomalies = 'several times, or with commas';
