/** A decoded body: AWS field names, blobs as Uint8Array, timestamps as Date. */
export type Shape = Readonly<Record<string, unknown>>;

/** How bodies are written on the wire. One protocol a file. */
export type Protocol = {
  readonly contentType: string;
  /** undefined where the bytes are no object of this protocol. */
  readonly decode: (body: Buffer) => Shape | undefined;
  readonly encode: (shape: Shape) => Buffer;
  /**
   * The StreamName of a request, found without decoding the rest. undefined where it is not there, or not where clients
   * write it: then `decode` knows.
   */
  readonly streamName?: (body: Buffer) => string | undefined;
};
