#!/usr/bin/env node
// The only static import: before anything else is loaded, a signal already means exit code 130.
import { isInterrupted, listenForSignals } from './cli/interrupt.ts';

listenForSignals();
// The SDK warns on every start that a later version of it will want a newer Node; nothing a user could do here.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

try {
  const { main } = await import('./cli/cli.ts');
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  // Not even its own files can be read: too many are open, say.
  process.stderr.write(
    `kinesis-order: it cannot be loaded: ${String(thrown)}\n  look at ulimit -n, and install it again\n`,
  );
  process.exitCode = 3;
}
// A call that nobody waits for any more must not hold the process.
if (isInterrupted()) process.exit();
