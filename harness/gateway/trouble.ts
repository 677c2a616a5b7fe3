/**
 * What went wrong, and on whose side. `client`: it ended in the middle of a request, or sent what is no HTTP.
 * `engine`: it gave no answer, or one that cannot be read. `gateway`: a failure of this tool. Never holds headers or
 * bodies.
 */
export type Trouble = {
  readonly side: 'client' | 'engine' | 'gateway';
  /** The listener's name. */
  readonly port: string;
  readonly message: string;
};
