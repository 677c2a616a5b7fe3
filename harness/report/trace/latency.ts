const perOctave = 8;
const octaves = 36;

/** The number of rows of a latency histogram. */
export const latencyRows = perOctave * octaves;

/** The row of a latency. Rows are at most an eighth of an octave wide, so a percentile is too high by at most that. */
export const latencyRow = (microseconds: number): number => {
  const value = Math.max(1, Math.floor(microseconds));
  if (value < perOctave) return value;
  const octave = Math.floor(Math.log2(value));
  const part = Math.floor((value / 2 ** octave - 1) * perOctave);
  return Math.min(latencyRows - 1, octave * perOctave + part);
};

/** The largest latency of a row, in microseconds. */
export const latencyOf = (row: number): number => {
  if (row < perOctave) return row;
  const octave = Math.floor(row / perOctave);
  return Math.ceil(2 ** octave * (1 + ((row % perOctave) + 1) / perOctave)) - 1;
};
