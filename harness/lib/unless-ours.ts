import { HarnessError } from './error.ts';

/** For `catch`: gives something else instead, if this tool refused. Any other error goes on. */
export const unlessOurs =
  <T>(instead: T) =>
  (thrown: unknown): T => {
    if (!(thrown instanceof HarnessError)) throw thrown;
    return instead;
  };
