/** Bytes that a client sends while its last request is in flight. */
export type Ahead = {
  readonly hold: (bytes: Buffer) => void;
  /** True above 1 MiB: then stop reading from the client. */
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
