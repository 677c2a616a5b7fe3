/**
 * What went wrong, and on which side. `client`: it disconnected in the middle of a request, or sent bytes that are not
 * HTTP. `engine`: it sent no answer, or one that cannot be decoded. `gateway`: a failure of this tool. Never contains
 * headers or bodies.
 */
export type Trouble = {
  readonly side: 'client' | 'engine' | 'gateway';
  /** The listener's name. */
  readonly port: string;
  readonly message: string;
};
