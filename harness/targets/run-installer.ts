import { HarnessError } from '../lib/error.ts';
import { type CommandOptions, runCommand } from './run-command.ts';

/** Words that npm and pip print if no registry answers. */
const unreachable =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network is unreachable|name resolution|establish a new connection/i;

/**
 * Runs an installation. If the registry cannot be reached, the error says so in one line, and names a target that
 * needs no network, because a package manager prints pages about it.
 */
export const runInstaller = async (
  what: string,
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<void> => {
  try {
    await runCommand(command, args, options);
  } catch (thrown) {
    if (!(thrown instanceof HarnessError) || options.signal?.aborted === true) throw thrown;
    const [sign] = unreachable.exec(thrown.message) ?? [];
    if (sign === undefined) throw thrown;
    throw new HarnessError('target', `${what} cannot be installed: its registry cannot be reached (${sign})`, {
      hint: 'is this machine offline? --target kinesis-local needs no network, and engines that were installed before work offline, too',
      cause: thrown,
    });
  }
};
