import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import { freshRunName } from '../lib/run-name.ts';
import { finalOnly } from '../record/final-only.ts';
import { quietOptions } from '../record/quiet-options.ts';
import { loadConfig } from '../session/settings.ts';
import { startChoice } from '../session/start-target.ts';
import { chooseTarget, type TargetFlags } from '../session/target-choice.ts';
import type { IdentitySpec } from '../tap/identity/spec.ts';

/** Reads a stream as `record --final-only` does, into a folder of its own. Returns the folder and the history. */
export const readStream = async (
  name: string,
  flags: TargetFlags & { readonly config?: string },
  identity: IdentitySpec,
  signal: AbortSignal,
): Promise<{ readonly folder: string; readonly path: string }> => {
  const choice = chooseTarget(flags, await loadConfig(process.cwd(), flags.config));
  if (choice.endpoint === undefined && choice.name !== 'aws')
    throw new HarnessError('usage', `stream ${name}: where is it?`, {
      hint: '--endpoint http://localhost:4566 for an emulator that runs, or --target aws',
    });
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-stream-'));
  const target = await startChoice(choice, signal);
  const clock = systemClock();
  try {
    const { histories } = await finalOnly(
      quietOptions({
        target,
        clock,
        folder,
        identity,
        run: freshRunName(clock.wallMs()),
        streams: [name],
        identityText: '',
        question: 'pipeline',
        stop: signal,
      }),
    );
    const [history] = histories;
    if (history?.error !== undefined) throw history.error;
    return { folder, path: join(folder, `${name}.ndjson`) };
  } finally {
    await target.stop();
  }
};
