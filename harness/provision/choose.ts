import type { ClientOptions, ControlPlane } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { apiProvisioner } from './api.ts';
import { cloudformationProvisioner } from './cloudformation.ts';
import { existingProvisioner } from './existing.ts';
import type { Provisioner } from './provisioner.ts';
import { openStacks } from './stacks.ts';
import { type OwnTemplate, templateProvisioner } from './user-template.ts';

export const provisionWays = ['cloudformation', 'api'] as const;
export type ProvisionWay = (typeof provisionWays)[number];

export type ChooseOptions = {
  readonly kinesis: ControlPlane;
  readonly client: ClientOptions;
  readonly hasCloudformation: boolean;
  /** The name of an existing stream. If set, nothing is provisioned. */
  readonly existing?: string | undefined;
  /** A team's own template. If set, CloudFormation is the only way. */
  readonly template?: OwnTemplate | undefined;
  /** Default: CloudFormation if the target supports it. */
  readonly way?: ProvisionWay | undefined;
};

export type ChosenProvisioner = Provisioner & { readonly way: ProvisionWay | 'existing'; readonly close: () => void };

/**
 * Chooses how the stream of a run is provided on this target. Throws HarnessError('usage') if the target lacks
 * CloudFormation.
 */
export const chooseProvisioner = (options: ChooseOptions): ChosenProvisioner => {
  const { kinesis, client, hasCloudformation, existing, template } = options;
  if (existing !== undefined)
    return { ...existingProvisioner(kinesis, existing), way: 'existing', close: () => undefined };
  const way = wayOf(options);
  if (way === 'api') return { ...apiProvisioner(kinesis), way, close: () => undefined };
  if (!hasCloudformation) throw noCloudformation(template);
  const stacks = openStacks(client);
  const made =
    template === undefined
      ? cloudformationProvisioner(kinesis, stacks)
      : templateProvisioner({ kinesis, stacks, template });
  return { ...made, way, close: stacks.close };
};

const wayOf = ({ template, way, hasCloudformation }: ChooseOptions): ProvisionWay => {
  if (template === undefined) return way ?? (hasCloudformation ? 'cloudformation' : 'api');
  if (way !== 'api') return 'cloudformation';
  throw new HarnessError('usage', `--provision api: ${template.file} is a CloudFormation template`, {
    hint: 'leave --provision out',
  });
};

const noCloudformation = (template: OwnTemplate | undefined): HarnessError =>
  template === undefined
    ? new HarnessError('usage', '--provision: this target has no CloudFormation', { hint: 'use --provision api' })
    : new HarnessError('usage', `stream.template: this target has no CloudFormation to deploy ${template.file}`, {
        hint: 'use --target localstack, moto, ministack or aws',
      });
