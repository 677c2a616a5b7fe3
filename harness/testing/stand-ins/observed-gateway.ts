import { type Gateway, type GatewayOptions, type Listener, startGateway } from '../../gateway/gateway.ts';
import type { Trouble } from '../../gateway/trouble.ts';
import type { ApiAnswer, ApiCall } from '../../tap/call.ts';

/** What a gateway told of one call. */
export type ObservedCall = {
  readonly call: ApiCall;
  readonly answers: ApiAnswer[];
  readonly events: Readonly<Record<string, unknown>>[];
  ended: number;
};

export type ObservedGateway = {
  readonly gateway: Gateway;
  readonly listener: Listener;
  readonly observed: readonly ObservedCall[];
  readonly troubles: readonly Trouble[];
  /** Listener names, one a request. */
  readonly requests: readonly string[];
};

/** A gateway with one listener `app` that keeps what it tells. */
export const observedGateway = async (options: GatewayOptions): Promise<ObservedGateway> => {
  const observed: ObservedCall[] = [];
  const troubles: Trouble[] = [];
  const requests: string[] = [];
  const gateway = await startGateway({
    observer: {
      sent: (call) => {
        const one: ObservedCall = { call, answers: [], events: [], ended: 0 };
        observed.push(one);
        return {
          answered: (answer) => void one.answers.push(answer),
          event: (event) => void one.events.push(event),
          ended: () => void (one.ended += 1),
        };
      },
    },
    onTrouble: (trouble) => void troubles.push(trouble),
    onRequest: (port) => void requests.push(port),
    ...options,
  });
  return { gateway, listener: await gateway.listen('app'), observed, troubles, requests };
};
