import type { ControlPlane } from '../kinesis/kinesis.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { apiProvisioner, assureTags } from './api.ts';
import { awaitStack, awaitStackGone } from './await-stack.ts';
import { stackNameOf, tagKey } from './names.ts';
import type { Provisioner, ProvisionSpec } from './provisioner.ts';
import type { SeenStack, Stacks } from './stacks.ts';

/** A team's own template, and the stream in it that is tested. */
export type OwnTemplate = {
  readonly file: string;
  readonly body: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** A logical id, or an output that holds a stream's name or ARN. */
  readonly stream: string;
  readonly fixedNames: readonly string[];
  /** The resources beyond streams and harmless ones. They are deployed only if the user allowed it. */
  readonly daring: readonly string[];
};

export type TemplateProvisionerOptions = {
  readonly kinesis: ControlPlane;
  readonly stacks: Stacks;
  readonly template: OwnTemplate;
};

/**
 * Deploys a team's own template under the run's name, and tests one of its streams. The template decides the settings
 * of the stream, so they are not verified. The stack is deleted with all its resources, and the stream even if the
 * template would retain it.
 */
export const templateProvisioner = ({ kinesis, stacks, template }: TemplateProvisionerOptions): Provisioner => {
  let stream: string | undefined;
  return {
    create: async (spec, deadlineMs, signal) => {
      const name = stackNameOf(spec.name);
      await assertNotThere(kinesis, template);
      await createStack(stacks, template, spec);
      const waiting = { name, deadlineMs, ...(signal === undefined ? {} : { signal }) };
      const stack = await awaitStack(stacks, waiting, 'CREATE_COMPLETE');
      stream = await streamOf(stacks, stack, template);
      const summary = await kinesis.waitActive(stream, deadlineMs, signal);
      await assureTags(kinesis, stream, { [tagKey]: spec.run });
      return { ...summary, name: stream, findings: [] };
    },
    remove: async (name, deadlineMs) => {
      const stack = stackNameOf(name);
      if ((await stacks.find(stack)) !== undefined) {
        await stacks.remove(stack);
        await awaitStackGone(stacks, { name: stack, deadlineMs });
      }
      if (stream !== undefined) await apiProvisioner(kinesis).remove(stream, deadlineMs);
    },
  };
};

/**
 * Throws HarnessError('usage') if a stream that the template names already exists: an engine may adopt it into the
 * stack and delete it with the stack, although it is somebody else's.
 */
const assertNotThere = async (kinesis: ControlPlane, { file, fixedNames }: OwnTemplate): Promise<void> => {
  if (fixedNames.length === 0) return;
  const there = (await kinesis.listStreams()).filter((name) => fixedNames.includes(name));
  if (there.length === 0) return;
  throw new HarnessError('usage', `stream.template: ${file} names ${there.join(', ')}, which is there already`, {
    hint: 'give the stream another name by a parameter, or test the one that is there with stream.existing',
  });
};

/**
 * Creates the stack. If CloudFormation refuses the call itself, the template or its parameters are wrong:
 * HarnessError('usage') names the user's file.
 */
const createStack = async (stacks: Stacks, template: OwnTemplate, { name, run }: ProvisionSpec): Promise<void> => {
  const { file, body, parameters, daring } = template;
  const capabilities = daring.length === 0 ? [] : (['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const);
  try {
    await stacks.create({ name: stackNameOf(name), body, parameters, capabilities, tags: { [tagKey]: run } });
  } catch (thrown) {
    if (!/: (ValidationError|InsufficientCapabilitiesException)/.test(messageOf(thrown))) throw thrown;
    throw new HarnessError('usage', `stream.template: ${file}: ${messageOf(thrown)}`, { cause: thrown });
  }
};

const streamOf = async (stacks: Stacks, stack: SeenStack, { file, stream }: OwnTemplate): Promise<string> => {
  const output = stack.outputs[stream];
  // An ARN ends with the name, as `…:stream/name`.
  if (output !== undefined) return output.slice(output.lastIndexOf('/') + 1);
  const found = await stacks.resource(stack.name, stream);
  if (found !== undefined) return found.slice(found.lastIndexOf('/') + 1);
  throw new HarnessError(
    'target',
    `stack ${stack.name} has neither an output nor a resource ${stream}, as ${file} says`,
  );
};
