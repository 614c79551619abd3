import { isObject, type Operation } from '../../document/index.js';
import { aFunction, type Check, checkAll, trueOrFalse, wholeNumber } from '../../testing/check-options.js';
import { Budget } from '../exchange/budget.js';
import type { Contract } from '../model/contract.js';
import type { Sent } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';
import type { Target } from '../model/target.js';
import type { Accepted } from '../model/violation.js';
import type { RunOptions } from './run.js';

export interface CheckOptions {
  contract: Contract;
  rules: readonly Rule[];
  target: Target;
  /** Default: all of the document. */
  operations?: readonly Operation[];
  /** Values for parameters, by name. */
  ids?: ReadonlyMap<string, string>;
  budget?: Budget;
  /** Milliseconds that an answer may take. Default 30,000. */
  timeout?: number;
  /** Notes are violations too. */
  strict?: boolean;
  accepted?: readonly Accepted[];
  /** Use the rate limit up, and nothing else. */
  exhaust?: boolean;
  /** What isn't covered doesn't conform. */
  requireCoverage?: boolean;
  /** A run that was cut short may conform all the same. */
  allowIncomplete?: boolean;
  /** Told before the first request what is going to be sent. */
  onPlan?: RunOptions['onPlan'];
  /** Told before each step of how many there are. */
  onStep?: RunOptions['onStep'];
  /** Told of each answer. */
  onSent?: (sent: Sent) => void;
}

const aList: Check = (value) => (Array.isArray(value) ? undefined : 'a list');

export const aContract: Check = (value) =>
  isContract(value) ? undefined : 'what loadContract or contractOf gives';

function isContract(value: unknown): value is Contract {
  return isObject(value) && isObject(value.document) && Array.isArray(value.operations);
}

/** Every option has its check: one that is forgotten doesn't compile. */
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
  onPlan: aFunction,
  onStep: aFunction,
  onSent: aFunction,
};

/**
 * Refuses what TypeScript can't: misspelt names, and values from plain JavaScript.
 *
 * @throws TypeError or RangeError that names the option and says what it must be.
 */
export function refuseWrongOptions(options: CheckOptions): void {
  checkAll('', options, CHECKS);
}
