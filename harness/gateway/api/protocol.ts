/** A decoded body: AWS field names, blobs as Uint8Array, timestamps as Date. */
export type Shape = Readonly<Record<string, unknown>>;

/** How bodies are written on the wire. One protocol a file. */
export type Protocol = {
  readonly contentType: string;
  /** undefined if the bytes are not an object in this protocol. */
  readonly decode: (body: Buffer) => Shape | undefined;
  readonly encode: (shape: Shape) => Buffer;
  /**
   * The StreamName of a request, found without decoding the rest. undefined if it is absent, or not where clients
   * usually write it: then use `decode`.
   */
  readonly streamName?: (body: Buffer) => string | undefined;
};
