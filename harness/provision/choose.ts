import type { ClientOptions, ControlPlane } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { apiProvisioner } from './api.ts';
import { cloudformationProvisioner } from './cloudformation.ts';
import type { Provisioner } from './provisioner.ts';
import { openStacks } from './stacks.ts';

export const provisionWays = ['cloudformation', 'api'] as const;
export type ProvisionWay = (typeof provisionWays)[number];

export type ChooseOptions = {
  readonly kinesis: ControlPlane;
  readonly client: ClientOptions;
  readonly hasCloudformation: boolean;
  /** Left out: CloudFormation where the target has it. */
  readonly way?: ProvisionWay | undefined;
};

export type ChosenProvisioner = Provisioner & { readonly way: ProvisionWay; readonly close: () => void };

/** How streams are made on this target. */
export const chooseProvisioner = ({ kinesis, client, hasCloudformation, way }: ChooseOptions): ChosenProvisioner => {
  const chosen = way ?? (hasCloudformation ? 'cloudformation' : 'api');
  if (chosen === 'api') return { ...apiProvisioner(kinesis), way: chosen, close: () => undefined };
  if (!hasCloudformation)
    throw new HarnessError('usage', '--provision: this target has no CloudFormation', { hint: 'use --provision api' });
  const stacks = openStacks(client);
  return { ...cloudformationProvisioner(kinesis, stacks), way: chosen, close: stacks.close };
};
