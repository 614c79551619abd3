import { checkAll, wholeNumber } from '../check-options.js';
import type { Endpoint, FakeRequest } from '../http/exchange.js';
import { Random } from '../made/random.js';
import type { Fault } from './fault.js';

/** Which requests a fault applies to. */
export interface Where {
  /** Default: the API; for `tokenFailure`, the token endpoint. */
  endpoint?: Endpoint;
  /** Only requests for which this returns true. */
  request?: (request: FakeRequest) => boolean;
}

export interface RandomFaults {
  /** One in this many consecutive requests fails, picked at random. */
  oneIn: number;
  /** The faults to pick from, at random. */
  faults: readonly Fault[];
  /** Default 1. */
  seed?: number;
}

/** The faults that were ordered but haven't happened yet. */
export class Faults {
  #queue: { fault: Fault; where: Where }[] = [];
  #plan: ((request: FakeRequest) => Fault | undefined) | undefined;

  /**
   * Gives this fault to the next request; faults ordered earlier come first.
   *
   * @param options which requests it is for, and how many `times` (default 1) it happens.
   * @throws RangeError if `times` isn't a whole number from 0.
   */
  next(fault: Fault, options: Where & { times?: number } = {}): this {
    const { times = 1, ...where } = options;
    checkAll('', { times }, { times: wholeNumber(0) });
    const own = 'endpoint' in fault && fault.endpoint ? { endpoint: fault.endpoint } : {};
    for (let time = 0; time < times; time += 1) this.#queue.push({ fault, where: { ...own, ...where } });
    return this;
  }

  /** Gives each request to the API the fault that this function returns for it. */
  plan(choose: (request: FakeRequest) => Fault | undefined): this {
    this.#plan = choose;
    return this;
  }

  /**
   * Makes requests to the API fail at random; the same seed gives the same faults.
   *
   * @throws RangeError if `oneIn` isn't a whole number from 1, or if there are no `faults`.
   */
  randomly({ oneIn, faults, seed = 1 }: RandomFaults): this {
    checkAll('', { oneIn, faults }, { oneIn: wholeNumber(1), faults: someFaults });
    const random = new Random(seed);
    let position = 0;
    let failing = 0;
    return this.plan(() => {
      if (position % oneIn === 0) failing = random.integer(0, oneIn - 1);
      const fails = position % oneIn === failing;
      position += 1;
      return fails ? random.pick(faults) : undefined;
    });
  }

  /** Cancels all faults. */
  clear(): void {
    this.#queue = [];
    this.#plan = undefined;
  }

  /** Takes the fault for a request. */
  take(request: FakeRequest, endpoint: Endpoint): Fault | undefined {
    const index = this.#queue.findIndex(
      ({ where }) => (where.endpoint ?? 'api') === endpoint && (where.request?.(request) ?? true),
    );
    if (index >= 0) return this.#queue.splice(index, 1)[0]?.fault;
    return endpoint === 'api' ? this.#plan?.(request) : undefined;
  }
}

function someFaults(faults: unknown): string | undefined {
  return Array.isArray(faults) && faults.length > 0 ? undefined : 'a list of at least one fault';
}
