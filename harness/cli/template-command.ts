import { HarnessError } from '../lib/error.ts';
import { streamNameOf } from '../provision/names.ts';
import { streamTemplate } from '../provision/template.ts';
import { loadScenarios } from '../scenario/load.ts';
import { vocabulary } from '../session/catalog.ts';

/**
 * `template <scenario>`: prints the CloudFormation template that a run would deploy. Creates nothing and calls no
 * target.
 */
export const templateCommand = async (pattern: string): Promise<number> => {
  const loaded = await loadScenarios({ patterns: [pattern], cwd: process.cwd(), vocabulary, seed: 'template' });
  const [first, second] = loaded;
  if (first === undefined || second !== undefined)
    throw new HarnessError('usage', `template: ${pattern} means ${loaded.length} scenarios, and one is printed`, {
      hint: loaded.map(({ scenario }) => scenario.name).join(', '),
    });
  const { name, stream } = first.scenario;
  if (stream.existing !== undefined)
    throw new HarnessError(
      'usage',
      `template: ${name} uses the stream ${stream.existing}, which is there already: nothing is deployed`,
    );
  if (stream.template !== undefined) {
    process.stdout.write(stream.template.body);
    return 0;
  }
  const template = streamTemplate({ ...stream, name: streamNameOf('RUN', name), run: 'RUN' });
  process.stdout.write(`${JSON.stringify(template, undefined, 2)}\n`);
  return 0;
};
