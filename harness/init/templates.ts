import { commandWords } from './command-words.ts';

export const configText = `import { defineConfig } from 'kinesis-order';

// Every field, and what flags go over: docs/cli.md of the package.
export default defineConfig({
  scenarios: ['scenarios/*.scenario.*'],
  // The embedded engine runs, unless --endpoint or AWS_ENDPOINT_URL_KINESIS names one that is running.
  // To have LocalStack started for each run: target: 'localstack'.
  // The order of each key is a promise, however it was written. 'service': only what AWS documents.
  question: 'pipeline',
});
`;

export const inOrderText = `import { defineScenario, getRecords, putRecord, splitShard } from 'kinesis-order';

// Green: PutRecord with SequenceNumberForOrdering keeps the order of each key, also while a shard is split.
export default defineScenario({
  name: 'in-order',
  why: 'one PutRecord of a key at a time, each above the one before, keeps the order of each key',
  stream: { shards: 2 },
  workload: { keys: 4, recordsPerKey: 25 },
  producers: [putRecord({ sequenceNumberForOrdering: true })],
  consumers: [getRecords()],
  reshard: [splitShard({ afterAcked: 40 })],
});
`;

export const reorderText = `import { defineScenario, failRecord, getRecords, putRecords } from 'kinesis-order';

// Red: one entry of a batch fails and is sent again, behind newer records of its key. AWS allows that.
export default defineScenario({
  name: 'reordered-by-a-retry',
  why: 'PutRecords promises no order: an entry that is sent again lands behind newer records of its key',
  stream: { shards: 2 },
  workload: { keys: 4, recordsPerKey: 50 },
  producers: [putRecords({ batch: 50, retry: 'failed-entries' })],
  consumers: [getRecords()],
  faults: [failRecord({ call: 2, entries: [1] })],
  expect: { forbid: ['key-reorder'] },
});
`;

const words = (line: string): string =>
  `[${commandWords(line)
    .map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`)
    .join(', ')}]`;

export type Programs = { readonly producer?: string | undefined; readonly consumer?: string | undefined };

/**
 * A scenario for the user's programs, which find the engine in AWS_ENDPOINT_URL_KINESIS and the stream in
 * KINESIS_ORDER_STREAM.
 */
export const programsText = ({ producer, consumer }: Programs): string => {
  const names = ['command', 'defineScenario', ...(producer === undefined ? ['putRecord'] : []), 'splitShard'].sort();
  return `import { ${names.join(', ')} } from 'kinesis-order';

// Your programs, unchanged. They find the engine in AWS_ENDPOINT_URL_KINESIS, and the stream in KINESIS_ORDER_STREAM;
// {endpoint} and {stream} in the words of a command are replaced.
export default defineScenario({
  name: 'my-pipeline',
  why: 'what our own programs send and read, while a shard is split',
  stream: { shards: 2 },
  producers: [${producer === undefined ? 'putRecord({ sequenceNumberForOrdering: true })' : producerText(producer)}],
${consumer === undefined ? '' : `  consumers: [command({ role: 'subject', name: 'consumer', run: ${words(consumer)}, owes: 'TRIM_HORIZON' })],\n`}  reshard: [splitShard({ afterAcked: 40 })],
});
`;
};

const producerText = (line: string): string => `
    // A counter in the payload shows what was reordered before it was sent: identity: json('/seq').
    command({ name: 'producer', run: ${words(line)} }),
  `;

/** A workflow with a job at the top of the repository that works in the project's folder (`below`). */
export const workflowText = (below: string): string => `name: kinesis-order
on: [push]
jobs:
  order:
    runs-on: ubuntu-latest
    timeout-minutes: 15
${below === '' ? '' : `    defaults:\n      run:\n        working-directory: ${below}\n`}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      - run: npx kinesis-order run --reporter github --reporter markdown=reports/summary.md
      - if: always()
        run: if [ -f reports/summary.md ]; then cat reports/summary.md >> "$GITHUB_STEP_SUMMARY"; fi
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: kinesis-order
          path: |
            ${below === '' ? '' : `${below}/`}reports/
            !${below === '' ? '' : `${below}/`}reports/latest
`;
