#!/usr/bin/env node
// The SDK warns on every start that a later version of it will want a newer Node; nothing a user could do here.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const { main } = await import('./cli.ts');
process.exitCode = await main(process.argv.slice(2));
