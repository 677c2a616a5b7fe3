import { type InitOptions, init } from '../init/init.ts';
import { type Project, projectAt } from '../init/project.ts';
import { print } from '../lib/print.ts';

/** `init`: asks nothing, writes missing files, and prints what to run next. Returns the exit code, 0. */
export const initCommand = async (options: InitOptions): Promise<number> => {
  const project = projectAt(process.cwd());
  const written = await init(project, options);
  const lines = [
    ...written.map(({ path, what }) => `  ${what === 'kept' ? 'kept   ' : 'written'} ${path}`),
    '',
    'Next:',
    ...nextOf(project, options).map(([command, what]) => `  ${command.padEnd(44)}${what}`),
    ...(project.hasGitlab ? ['', 'For GitLab: docs/ci.md of the package has the job.'] : []),
  ];
  print.out(`${lines.join('\n')}\n`);
  return 0;
};

const nextOf = (project: Project, { producer, consumer }: InitOptions): readonly (readonly [string, string])[] => [
  ...(project.hasManifest ? [] : [['npm init -y', 'a package.json'] as const]),
  ...(project.isInstalled ? [] : [['npm install --save-dev kinesis-order', 'scenarios import it'] as const]),
  ...(producer === undefined && consumer === undefined
    ? [['npx kinesis-order run', 'green: order kept while a shard is split'] as const]
    : [['npx kinesis-order run', 'your programs, and one scenario that is green'] as const]),
  ['npx kinesis-order run scenarios/red', 'red: a real reorder, and the report that proves it'],
  ['npx kinesis-order show-report', 'look at it'],
  ['npx kinesis-order record -- npm test', 'your own tests, unchanged: is their order kept?'],
];
