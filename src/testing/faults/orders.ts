import { checkAll, wholeNumber } from '../check-options.js';
import type { Endpoint, FakeRequest } from '../http/exchange.js';
import { Random } from '../made/random.js';
import type { Fault } from './fault.js';

/** Which requests a fault is for. */
export interface Where {
  /** Default: the API, for `tokenFailure` the token endpoint. */
  endpoint?: Endpoint;
  /** Only requests for which this holds. */
  request?: (request: FakeRequest) => boolean;
}

export interface RandomFaults {
  /** Of each so many requests in a row one fails, at random which. */
  oneIn: number;
  /** At random one of these. */
  faults: readonly Fault[];
  /** Default 1. */
  seed?: number;
}

/** The faults that have been ordered and not yet happened. */
export class Faults {
  #queue: { fault: Fault; where: Where }[] = [];
  #plan: ((request: FakeRequest) => Fault | undefined) | undefined;

  /**
   * The next request gets this fault; faults ordered before come first.
   *
   * @param options which requests it is for, and how many `times` (default 1) it happens.
   * @throws RangeError when `times` isn't a whole number from 0.
   */
  next(fault: Fault, options: Where & { times?: number } = {}): this {
    const { times = 1, ...where } = options;
    checkAll('', { times }, { times: wholeNumber(0) });
    const own = 'endpoint' in fault && fault.endpoint ? { endpoint: fault.endpoint } : {};
    for (let time = 0; time < times; time += 1) this.#queue.push({ fault, where: { ...own, ...where } });
    return this;
  }

  /** Requests to the API get what this gives for them. */
  plan(choose: (request: FakeRequest) => Fault | undefined): this {
    this.#plan = choose;
    return this;
  }

  /**
   * Requests to the API fail at random, but the same with the same seed.
   *
   * @throws RangeError when `oneIn` isn't a whole number from 1, or when there are no `faults`.
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

  /** Nothing goes wrong any more. */
  clear(): void {
    this.#queue = [];
    this.#plan = undefined;
  }

  /** The fault that a request gets. */
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
