/** What a client sends while its last request is under way. */
export type Ahead = {
  readonly hold: (bytes: Buffer) => void;
  /** More than is kept: nothing further should be read. */
  readonly isFull: () => boolean;
  readonly take: () => readonly Buffer[];
};

const bytesMax = 1024 * 1024;

export const aheadOf = (): Ahead => {
  let parts: Buffer[] = [];
  let size = 0;
  return {
    hold: (bytes) => {
      parts.push(bytes);
      size += bytes.length;
    },
    isFull: () => size > bytesMax,
    take: () => {
      const taken = parts;
      parts = [];
      size = 0;
      return taken;
    },
  };
};
