import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../lib/make-folder.ts';
import { streamNameOf } from '../../provision/names.ts';
import { streamTemplate, type TemplateSpec } from '../../provision/template.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import { isOwn } from '../../scenario/stream-problems.ts';
import { installPython } from '../../targets/install.ts';
import { runCommand } from '../../targets/run-command.ts';

/** cfn-lint has no `python -m`, and its script contains the path where it was built. */
const main = 'from cfnlint.runner import main; main()';
const lintDeadlineMs = 120_000;

/** What a template can contain and no scenario uses. */
const more: readonly TemplateSpec[] = [
  { shards: 4, mode: 'ON_DEMAND', recordDistributionStrategy: 'USER_PARTITION_KEY' },
  {
    name: 'kinesis-order-all',
    shards: 2,
    mode: 'PROVISIONED',
    run: 'r',
    retentionHours: 48,
    encryptionKey: 'alias/aws/kinesis',
    tags: { team: 'rides' },
    maxRecordSizeKiB: 2048,
    consumers: ['one', 'two'],
  },
];

/**
 * Runs cfn-lint on the template of every scenario, and on everything that a template can contain. Resolves with their
 * number. The error is cfn-lint's output.
 */
export const lintTemplates = async (scenarios: readonly LoadedScenario[], cacheFolder: string): Promise<number> => {
  const onInstall = (what: string): boolean => process.stderr.write(`${what}\n`);
  const python = await installPython('cfn-lint', { cacheFolder, onInstall });
  const folder = join(cacheFolder, 'templates');
  await makeFolder(folder);
  const specs = [
    ...scenarios
      .filter(({ scenario }) => isOwn(scenario.stream))
      .map(({ scenario }) => ({ ...scenario.stream, name: streamNameOf('r', scenario.name), run: 'r' })),
    ...more,
  ];
  const files = specs.map((_, index) => join(folder, `${index}.json`));
  for (const [index, file] of files.entries()) {
    const spec = specs[index];
    if (spec !== undefined) await writeFile(file, JSON.stringify(streamTemplate(spec)));
  }
  await runCommand(python, ['-c', main, '--regions', 'us-east-1', '--', ...files], { deadlineMs: lintDeadlineMs });
  return files.length;
};
