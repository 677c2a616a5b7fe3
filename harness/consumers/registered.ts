/** The most renewals: an engine that forgets a consumer more often does not support consumers. */
const renewalsMax = 3;

/** A registered consumer. If the engine has forgotten it, it is registered again, once for all its subscriptions. */
export class Registered {
  arn: string;
  readonly #register: () => Promise<string>;
  #renewing: Promise<void> | undefined;
  #renewals = 0;

  constructor(arn: string, register: () => Promise<string>) {
    this.arn = arn;
    this.#register = register;
  }

  /** Registers the consumer again, unless another subscription already did. `arn`: the ARN that was not found. */
  async renew(arn: string): Promise<void> {
    if (arn !== this.arn || this.#renewals === renewalsMax) return;
    this.#renewing ??= this.#renew();
    await this.#renewing;
  }

  async #renew(): Promise<void> {
    try {
      this.#renewals += 1;
      this.arn = await this.#register();
    } finally {
      this.#renewing = undefined;
    }
  }
}
