import type { Operation } from '../../document/index.js';
import { CutShort, NotApplicable, NotCovered } from '../errors.js';
import type { TargetSession } from '../exchange/session.js';
import { NoAnswer } from '../exchange/transport.js';
import type { Exchange } from '../model/exchange.js';
import type { Probe } from '../model/probe.js';
import type { Rule } from '../model/rule.js';
import type { FuzzCase, Fuzzed } from '../model/run.js';
import type { Finding, Violation } from '../model/violation.js';
import { whyNotCalled } from '../operation/callable.js';
import { meetsExpectation } from '../run/expectation.js';
import { judgeAnswer } from '../run/judge.js';
import { Addresses } from './addresses.js';
import { askOf, invalidCases, type Made, undescribedCases, validCases } from './cases.js';
import { type FastCheck, loadFastCheck } from './load.js';

/** How much is generated, and from where. */
export interface FuzzOptions {
  /** Requests, including those that make a failure smaller. */
  requests?: number | undefined;
  /** Seconds instead; fewer if the remaining requests don't last that long. */
  seconds?: number | undefined;
  /** The same seed gives the same requests. Default: a new one each time. */
  seed?: number | undefined;
  /** Failures of earlier runs, which are sent first. */
  replay?: readonly FuzzCase[] | undefined;
}

/** Requests without a number given. */
export const FUZZ_REQUESTS = 200;
/** Cases to generate at a time. Those that are left when the budget ends were generated for nothing. */
const ROUND = 20;
/** Requests for making one failure smaller, beyond the share of its property. */
const SHRINKING = 60;
/** Requests to keep in reserve when the budget is in seconds, to repeat one that fails. */
const SPARE = 10;

/**
 * Sends requests with generated values: only safe methods, and on a server of your own all but DELETE.
 *
 * @param read what was read before: bodies refer to what that shows.
 */
export async function fuzz(
  options: FuzzOptions,
  session: TargetSession,
  read: readonly Exchange[],
  rules: readonly Rule[],
  operations: readonly Operation[],
): Promise<Fuzzed> {
  const fc = await loadFastCheck();
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const { target } = session;
  const asked = operations.filter(
    (operation) =>
      whyNotCalled(operation, target) === undefined &&
      target.fixed(operation) === undefined &&
      (['GET', 'HEAD'].includes(operation.method) || (target.own && operation.method !== 'DELETE')),
  );
  const known = new Addresses(read, session);
  const fuzzing = new Fuzzing(fc, { ...options, seed }, session, rules, known);
  const unsent: FuzzCase[] = [];
  for (const one of options.replay ?? []) {
    const operation = asked.find(({ id }) => id === one.operation);
    if (!operation || !(await fuzzing.replay(one, operation))) unsent.push(one);
  }
  const properties = asked.flatMap((operation) => {
    const means = { fc, session, addresses: known.of(operation) };
    return [validCases, invalidCases, undescribedCases].flatMap((cases) => {
      const made = possible(() => cases(operation, means));
      return made ? [{ operation, cases: made }] : [];
    });
  });
  // In a different order for each seed, so that a budget too small for all isn't always spent on the same ones.
  const all = { minLength: properties.length, maxLength: properties.length };
  const [shuffled = []] = fc.sample(fc.shuffledSubarray(properties, all), { seed, numRuns: 1 });
  await fuzzing.all(shuffled);
  return {
    seed,
    sent: fuzzing.sent,
    failures: fuzzing.failures.map(({ tried }) => tried),
    unsent,
    violations: [...fuzzing.failures.map(({ violation }) => violation), ...fuzzing.refused.values()],
  };
}

/** All cases of one kind of an operation: none may fail. */
interface Property {
  operation: Operation;
  cases: Made;
}

/** A request whose answer breaks a rule. */
interface Failure {
  tried: FuzzCase;
  violation: Violation;
}

class Fuzzing {
  /** Each as small as possible. */
  readonly failures: Failure[] = [];
  /** Notes about bodies that the server refused although the schema accepts them, one for each operation. */
  readonly refused = new Map<string, Violation>();
  sent = 0;
  readonly #fc: FastCheck;
  readonly #options: FuzzOptions & { seed: number };
  readonly #session: TargetSession;
  readonly #rules: readonly Rule[];
  readonly #known: Addresses;
  readonly #started = performance.now();
  /** The largest number of requests that was left. */
  #most = 1;
  /** Nothing more can be sent. */
  #cut = false;

  constructor(
    fc: FastCheck,
    options: FuzzOptions & { seed: number },
    session: TargetSession,
    rules: readonly Rule[],
    known: Addresses,
  ) {
    this.#fc = fc;
    this.#options = options;
    this.#session = session;
    this.#rules = rules;
    this.#known = known;
  }

  /** Returns whether it could be sent. */
  async replay(tried: FuzzCase, operation: Operation): Promise<boolean> {
    if (this.#isOver()) return false;
    const before = this.sent;
    const failure = await this.#try(tried, operation, 'kept from an earlier run');
    if (failure && !this.#isKnown(failure)) this.failures.push(failure);
    return this.sent > before && !this.#cut;
  }

  /** Each property gets a share of what is left; some need less, since they have few cases. */
  async all(properties: readonly Property[]): Promise<void> {
    for (const [index, property] of properties.entries()) {
      if (this.#isOver()) return;
      const end = this.#left() - this.#left() / (properties.length - index);
      await this.#hold(property, end);
    }
  }

  /** Tries cases until only that much of the budget is left, or there are no new ones. */
  async #hold(property: Property, end: number): Promise<void> {
    const seen = new Set<string>();
    for (let round = 0; !this.#isOver() && this.#left() > end; round += 1) {
      const before = this.sent;
      const smallest = await this.#round(property, this.#options.seed + round, end, seen);
      // A failure that doesn't come again doesn't count; we try it again even if it was the last request.
      const again = smallest && !this.#cut ? await this.#try(smallest.tried, property.operation) : undefined;
      if (again && kindOf(again) === kindOf(smallest as Failure)) this.failures.push(again);
      if (this.sent === before) return;
    }
  }

  /** The smallest request that fails in a way that isn't known yet. */
  async #round(
    { operation, cases }: Property,
    seed: number,
    end: number,
    seen: Set<string>,
  ): Promise<Failure | undefined> {
    let smallest: Failure | undefined;
    let enough = end;
    const property = this.#fc.asyncProperty(cases, async (tried) => {
      this.#fc.pre(tried !== undefined);
      // Cases beyond the share are skipped.
      if (tried === undefined || this.#isOver() || this.#left() <= enough) return true;
      const key = JSON.stringify(tried);
      if (seen.has(key)) return true;
      seen.add(key);
      const failure = await this.#try(tried, operation);
      if (!failure || this.#isKnown(failure)) return true;
      // The smaller request must fail in the same way.
      if (smallest && kindOf(failure) !== kindOf(smallest)) return true;
      if (!smallest && this.#options.seconds === undefined) enough = Math.max(1, this.#left() - SHRINKING);
      smallest = failure;
      return false;
    });
    await this.#fc.check(property, { seed, numRuns: ROUND, maxSkipsPerRun: 10 });
    return smallest;
  }

  async #try(
    tried: FuzzCase,
    operation: Operation,
    origin = `seed ${this.#options.seed}`,
  ): Promise<Failure | undefined> {
    try {
      const asked = askOf(tried, operation);
      const probe = await this.#session.probe(operation, asked);
      const name = `${asked.name} (${origin})`;
      const violation = await this.#send({ ...probe, name }, tried.kind);
      return violation && { tried, violation };
    } catch (error) {
      if (error instanceof CutShort) this.#cut = true;
      else if (!(error instanceof NotCovered) && !(error instanceof NotApplicable)) throw error;
      return undefined;
    }
  }

  async #send(probe: Probe, kind: FuzzCase['kind']): Promise<Violation | undefined> {
    try {
      const exchange = await this.#session.send(probe);
      this.sent += 1;
      if (kind === 'valid') this.#noteRefused(exchange);
      return this.#violationOf(exchange, kind);
    } catch (error) {
      if (!(error instanceof NotCovered) || !(error.cause instanceof NoAnswer)) throw error;
      this.sent += 1;
      const { message, request } = error.cause;
      return {
        rule: 'answers',
        operation: probe.operation.id,
        where: 'connection',
        expected: 'an answer',
        found: `${message}, to ${request.method} ${request.url}`,
        unanswered: { probe, request },
      };
    }
  }

  /**
   * A schema can't express every business rule, so a refused valid body is only a note. It isn't even that if the body
   * has an address that the server never showed: there may be nothing at it.
   */
  #noteRefused(exchange: Exchange): void {
    const { operation, probe, response } = exchange;
    if (probe.body === undefined || ![400, 422].includes(response.status)) return;
    if (this.#known.lacksOne(probe.body)) return;
    this.refused.set(operation.id, {
      rule: probe.rule,
      operation: operation.id,
      where: 'status',
      expected: '2XX, as its schema accepts the body',
      found: String(response.status),
      exchange,
      note: true,
    });
  }

  #violationOf(exchange: Exchange, kind: FuzzCase['kind']): Violation | undefined {
    const { operation, probe, response } = exchange;
    const own = (findings: readonly Finding[], rule: string) =>
      findings.map((finding) => ({ exchange, ...finding, rule, operation: operation.id }));
    if (response.status >= 500) {
      const found = { where: 'status', expected: 'no error of the server', found: String(response.status) };
      return own([found], 'status-declared')[0];
    }
    const expected = meetsExpectation(exchange, this.#session.target, this.#session.contract);
    const all: Violation[] = [
      ...own(Array.isArray(expected) ? expected : [], probe.rule),
      ...judgeAnswer(exchange, this.#session.contract, this.#rules).flatMap(({ findings }) => findings),
    ];
    // If the document says little about a text, it may not say either with which status the text is refused. The text
    // may not even be what is wrong: another parameter may have to come with it.
    const open = ['status-declared', 'problem-fields'];
    const isOpen = ({ rule }: Violation) => kind === 'undescribed' && open.includes(rule);
    return all.find((one) => !one.note && !isOpen(one));
  }

  /** Whether it fails as another request did, which is smaller. */
  #isKnown(failure: Failure): boolean {
    const sent = partsOf(failure.tried);
    return this.failures.some(
      (known) =>
        kindOf(known) === kindOf(failure) && partsOf(known.tried).every((part) => sent.includes(part)),
    );
  }

  /** Requests, or seconds: whichever share is smaller, since a fast server uses up the requests first. */
  #left(): number {
    const { seconds, requests = FUZZ_REQUESTS } = this.#options;
    if (seconds === undefined) return requests - this.sent;
    const ofTime = seconds - (performance.now() - this.#started) / 1000;
    const affordable = Math.max(0, this.#session.line.budget.left - SPARE);
    if (affordable === Number.POSITIVE_INFINITY) return ofTime;
    this.#most = Math.max(this.#most, affordable);
    return Math.min(ofTime, (seconds * affordable) / this.#most);
  }

  #isOver(): boolean {
    return this.#cut || this.#left() <= 0;
  }
}

/** The way in which a request fails, regardless of its values. */
function kindOf({ tried, violation }: Failure): string {
  const { rule, operation, where, expected, found } = violation;
  const place = where.replace(/\/\d+(?=\/|$)/g, '/#');
  // The wrong part only matters if the request should have been refused.
  const broken = isTaken(violation) && tried.breaks;
  return JSON.stringify([broken, rule, operation, place, expected, where === 'status' ? found : '']);
}

/** Whether the server accepted something invalid. */
function isTaken({ where, found }: Violation): boolean {
  return where === 'status' && found.startsWith('2');
}

/** What a request sends: names of parameters, and whether it has a body. */
function partsOf({ path = {}, query, headers, body }: FuzzCase): string[] {
  const names = [...Object.keys(path), ...query.map(([name]) => name), ...Object.keys(headers)];
  return [...names, ...(body === undefined ? [] : ['body'])];
}

function possible<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotApplicable) return undefined;
    throw error;
  }
}
