import { textIn } from '../lib/text-in.ts';

/** The stream that the input of a call names, by StreamName, StreamARN or ConsumerARN; undefined if it names none. */
export const streamNameIn = (input: Readonly<Record<string, unknown>>): string | undefined =>
  textIn(input, 'StreamName') ?? nameInArn(textIn(input, 'StreamARN') ?? textIn(input, 'ConsumerARN'));

/** `arn:aws:kinesis:REGION:ACCOUNT:stream/NAME`, optionally followed by `…/consumer/NAME:TIME`. */
const nameInArn = (arn: string | undefined): string | undefined => /:stream\/([^/]+)/.exec(arn ?? '')?.[1];
