import { type Gateway, type GatewayOptions, type Listener, startGateway } from '../../gateway/gateway.ts';
import type { Trouble } from '../../gateway/trouble.ts';
import type { ApiAnswer, ApiCall } from '../../tap/call.ts';

/** What a gateway told of one call. */
export type ToldCall = {
  readonly call: ApiCall;
  readonly answers: ApiAnswer[];
  readonly events: Readonly<Record<string, unknown>>[];
  ended: number;
};

export type ToldGateway = {
  readonly gateway: Gateway;
  readonly listener: Listener;
  readonly told: readonly ToldCall[];
  readonly troubles: readonly Trouble[];
  /** Listener names, one a request. */
  readonly requests: readonly string[];
};

/** A gateway with one listener `app` that keeps what it tells. */
export const toldGateway = async (options: GatewayOptions): Promise<ToldGateway> => {
  const told: ToldCall[] = [];
  const troubles: Trouble[] = [];
  const requests: string[] = [];
  const gateway = await startGateway({
    observer: {
      sent: (call) => {
        const one: ToldCall = { call, answers: [], events: [], ended: 0 };
        told.push(one);
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
  return { gateway, listener: await gateway.listen('app'), told, troubles, requests };
};
