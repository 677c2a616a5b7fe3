#!/usr/bin/env node
// The only static import, so that a signal means exit code 130 before anything else is loaded.
import { isInterrupted, listenForSignals } from './cli/interrupt.ts';

listenForSignals();
// Disables a warning of the SDK that a later version of it needs a newer Node, which a user can do nothing about.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

try {
  const { main } = await import('./cli/cli.ts');
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  // The tool's own files cannot be loaded, for instance because too many files are open.
  process.stderr.write(
    `kinesis-order: it cannot be loaded: ${String(thrown)}\n  look at ulimit -n, and install it again\n`,
  );
  process.exitCode = 3;
}
// Ends the process, so that a call that is no longer awaited does not keep it alive.
if (isInterrupted()) process.exit();
