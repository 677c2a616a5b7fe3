import { HarnessError, messageOf } from '../lib/error.ts';
import { targets } from './registry.ts';
import type { RunningTarget, TargetOptions } from './target.ts';

/**
 * A process that does nothing but hold one target, for whoever must outlive its engine: an engine in the same process
 * that throws would take the asker with it (kinesalite does, on a made-up NextToken). Ends, and the engine with it,
 * when the channel to the parent closes.
 */
export type HostRequest = { readonly target: string; readonly options: TargetOptions };
export type HostedTarget = Pick<RunningTarget, 'name' | 'engine' | 'version' | 'client' | 'slowness'>;
export type HostAnswer =
  | { readonly ok: true; readonly running: HostedTarget }
  | { readonly ok: false; readonly code: HarnessError['code']; readonly message: string; readonly hint?: string };

const start = async ({ target, options }: HostRequest): Promise<HostAnswer> => {
  try {
    const found = Object.entries(targets).find(([name]) => name === target)?.[1];
    if (found === undefined) {
      const hint = `possible: ${Object.keys(targets).join(', ')}`;
      throw new HarnessError('usage', `--target: there is no target ${JSON.stringify(target)}`, { hint });
    }
    const running = await found.start(options);
    process.once('disconnect', () => void running.stop().finally(() => process.exit(0)));
    const { name, engine, version, client, slowness } = running;
    return { ok: true, running: { name, engine, version, client, slowness } };
  } catch (thrown) {
    const code = thrown instanceof HarnessError ? thrown.code : 'target';
    const hint = thrown instanceof HarnessError && thrown.hint !== undefined ? { hint: thrown.hint } : {};
    return { ok: false, code, message: messageOf(thrown), ...hint };
  }
};

process.once('message', (request: HostRequest) => {
  void start(request).then((answer) => process.send?.(answer));
});
// Until the engine stands there is nothing to stop but ourselves.
process.once('disconnect', () => setTimeout(() => process.exit(0), 10_000).unref());
// A signal reaches the whole group: the parent decides when the engine goes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => undefined);
