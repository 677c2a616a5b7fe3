/**
 * Why the run stopped; each kind has its exit code: wrong input of the user (2), the target failed (3), nothing to
 * judge (4), a program under test failed (5), a signal (130).
 */
export type ErrorCode = 'usage' | 'target' | 'unknown' | 'command' | 'interrupted';

export const exitCodeOf: Record<ErrorCode, number> = { usage: 2, target: 3, unknown: 4, command: 5, interrupted: 130 };

/** An error for the user: `message` names the file, field, limit or call, and `hint` says what to do. */
export class HarnessError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'HarnessError';
    this.code = code;
    this.hint = options.hint;
  }
}

/** The message of anything that was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** `ENOENT` and the like: the code of a system error. */
export const codeOf = (thrown: unknown): unknown =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;

/** What to do about an exceeded limit of the system; undefined for any other error. */
export const limitHint = (thrown: unknown): string | undefined => {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return limits[String(codeOf(thrown))] ?? limits[String(codeOf(cause))];
};

const limits: Readonly<Record<string, string>> = {
  EMFILE: 'this process may open no more files: raise the limit, for instance with ulimit -n 4096',
  ENFILE: 'this system may open no more files: end something else, or raise its limit (fs.file-max)',
  ENOSPC: 'the disk is full: free some space, or name another folder with --out',
  EDQUOT: 'the quota of the disk is used up: free some space, or name another folder with --out',
};
