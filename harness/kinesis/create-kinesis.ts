import { controlPlane } from './control-plane.ts';
import { dataPlane } from './data-plane.ts';
import type { ClientOptions, Kinesis } from './kinesis.ts';
import { sdkClient } from './sdk-client.ts';
import { subscriptions } from './subscriptions.ts';

/**
 * Creates both halves of the API. The measured client sends each call once; the patient one retries when an engine is
 * busy. Reshards are sent once, too.
 */
export const createKinesis = (options: ClientOptions): Kinesis => {
  const measured = sdkClient(options, 1);
  const patient = sdkClient(options, 10);
  return {
    ...dataPlane(measured, options.requestTimeoutMs),
    ...controlPlane(patient, measured, options.requestTimeoutMs),
    ...subscriptions(measured),
    close: () => {
      measured.destroy();
      patient.destroy();
    },
  };
};
