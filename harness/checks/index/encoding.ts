/** The number in a shard's id; undefined: it has another form. */
export const shardIndex = (name: string): number | undefined => {
  const digits = /^shardId-(\d{12})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/**
 * The low 32 bits of a number hold the low 28 bits of the shard's index, and the version. A stream has at most 10,000
 * open shards, but the index grows with each reshard.
 */
const shardsMax = 100_000;

export const isOfAnother = (said: number, index: number | undefined): boolean =>
  index !== undefined && said < shardsMax && said !== index;

const earliest = 1_262_304_000;
const latest = 4_102_444_800;

/**
 * True if both times in a number lie between 2010 and 2100, which is no accident: creation of the shard (digits 2 to
 * 10) and of the record (30 to 38).
 */
export const hasPlausibleTimes = (seq: string): boolean => {
  const hex = BigInt(seq).toString(16);
  if (hex.length !== 47 || !hex.startsWith('2')) return false;
  return [hex.slice(1, 10), hex.slice(29, 38)].every((digits) => {
    const seconds = Number.parseInt(digits, 16);
    return seconds > earliest && seconds < latest;
  });
};
