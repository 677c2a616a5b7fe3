/** An engine that forgets a consumer again and again has none. */
const renewalsMax = 3;

/** A registered consumer, which is registered again if the engine has forgotten it: once for all its subscriptions. */
export class Registered {
  arn: string;
  readonly #register: () => Promise<string>;
  #renewing: Promise<void> | undefined;
  #renewals = 0;

  constructor(arn: string, register: () => Promise<string>) {
    this.arn = arn;
    this.#register = register;
  }

  /** `arn`: what was not found. */
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
