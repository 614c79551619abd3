import { isObject, type Operation } from '../../document/index.js';
import { aFunction, type Check, checkAll, trueOrFalse, wholeNumber } from '../../testing/check-options.js';
import { Budget } from '../exchange/budget.js';
import type { FuzzOptions } from '../fuzz/fuzz.js';
import type { Contract } from '../model/contract.js';
import type { Sent } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';
import type { Target } from '../model/target.js';
import type { Accepted } from '../model/violation.js';
import type { RunOptions } from './run.js';

/** What to check, against what, and how. */
export interface CheckOptions {
  /** What `loadContract` or `contractOf` gives. */
  contract: Contract;
  /** `rules` for all of them. */
  rules: readonly Rule[];
  /** What `chooseTarget` gives. */
  target: Target;
  /** Default: all of the document's. */
  operations?: readonly Operation[];
  /** Values for parameters, by name. */
  ids?: ReadonlyMap<string, string>;
  /** How many requests may be sent. Default: any number, with no reserve. */
  budget?: Budget;
  /** Milliseconds to wait for an answer. Default 30,000. */
  timeout?: number;
  /** Treat notes as violations. */
  strict?: boolean;
  /** Deviations that don't count, as `readAccepted` gives them. Default: none. */
  accepted?: readonly Accepted[];
  /** Use up the rate limit, and do nothing else. */
  exhaust?: boolean;
  /** Checks that aren't covered prevent conformance. */
  requireCoverage?: boolean;
  /** A run that ended early may still conform. */
  allowIncomplete?: boolean;
  /** What no report may show, besides the target's credentials. */
  secrets?: readonly string[];
  /** Afterwards, requests with generated values (needs fast-check). */
  fuzz?: FuzzOptions | undefined;
  /** Called before the first request with what will be sent. */
  onPlan?: RunOptions['onPlan'];
  /** Called before each step, with the number of steps. */
  onStep?: RunOptions['onStep'];
  /** Called with each answer. */
  onSent?: (sent: Sent) => void;
}

const aList: Check = (value) => (Array.isArray(value) ? undefined : 'a list');

export const aContract: Check = (value) =>
  isContract(value) ? undefined : 'what loadContract or contractOf gives';

function isContract(value: unknown): value is Contract {
  return isObject(value) && isObject(value.document) && Array.isArray(value.operations);
}

/** One check per option; forgetting one is a compile error. */
const CHECKS: Readonly<Record<keyof CheckOptions, Check>> = {
  contract: aContract,
  rules: aList,
  target: (value) =>
    isObject(value) && typeof value.baseUrl === 'string' ? undefined : 'a target, as chooseTarget gives',
  operations: aList,
  ids: (value) => (value instanceof Map ? undefined : 'a Map of names and values'),
  budget: (value) => (value instanceof Budget ? undefined : 'a Budget'),
  timeout: wholeNumber(1),
  strict: trueOrFalse,
  accepted: aList,
  exhaust: trueOrFalse,
  requireCoverage: trueOrFalse,
  allowIncomplete: trueOrFalse,
  secrets: aList,
  fuzz: (value) => (isObject(value) ? undefined : 'options of fuzzing, as { requests: 200 }'),
  onPlan: aFunction,
  onStep: aFunction,
  onSent: aFunction,
};

/**
 * Refuses what TypeScript can't: misspelt names, and wrong values from plain JavaScript.
 *
 * @throws TypeError or RangeError that names the option and says what it must be.
 */
export function refuseWrongOptions(options: CheckOptions): void {
  checkAll('', options, CHECKS);
}
