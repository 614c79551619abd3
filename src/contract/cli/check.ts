import { isLoopback } from '../../client/url/origin.js';
import type { Operation } from '../../document/index.js';
import { nearest } from '../../text/nearest.js';
import { quoted } from '../../text/words.js';
import { CannotRun } from '../errors.js';
import { Budget } from '../exchange/budget.js';
import { secretsOfTarget } from '../exit/redactor.js';
import { readCases, writeCases } from '../fuzz/case-file.js';
import type { Contract } from '../model/contract.js';
import type { CheckResult } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import type { Chosen, Target } from '../model/target.js';
import type { Since } from '../report/since.js';
import { acceptedDeviations } from '../run/accepted-file.js';
import { check } from '../run/check.js';
import { conforms } from '../run/result.js';
import { chooseTarget } from '../targets/choose.js';
import { isPrismInstalled } from '../targets/mock/prism.js';
import type { Arguments } from './options.js';
import type { Outlet } from './output.js';
import { planWords, progress } from './progress.js';
import { printResult } from './reported.js';

const REMOTE_RESERVE = 100;

/** Checks one target after the other, adds each result to the reports, and returns the exit code. */
export async function checkCommand(
  args: Arguments,
  contract: Contract,
  rules: readonly Rule[],
  io: Outlet,
  results: CheckResult[],
  since: Since | undefined,
): Promise<number> {
  requireNamedTarget(args, io);
  const operations = chooseOperations(args, contract);
  const accepted = await acceptedDeviations(args.accept, contract, rules);
  for (const name of targetsOf(args, io)) {
    const result = await checkTarget(name, args, io, { contract, rules, operations, accepted });
    printResult(result, args, io, since);
    results.push(result);
  }
  return exitCode(results);
}

/** The targets of the run. If none is named, the mock, or the fake if Prism isn't installed. */
function targetsOf({ target, targets }: Arguments, { stderr }: Outlet): readonly Chosen[] {
  if (target.length > 0 || !targets.includes('mock') || isPrismInstalled()) return targets;
  stderr.write("Note: Prism isn't installed, so the fake is checked in place of the mock.\n");
  return ['fake'];
}

/** A violation decides, however the run ended. */
function exitCode(results: readonly CheckResult[]): number {
  if (results.every(conforms)) return 0;
  const broken = results.some((result) => result.violations.length > 0 || result.missing > 0);
  return broken ? 1 : 2;
}

type Shared = Pick<Parameters<typeof check>[0], 'contract' | 'rules' | 'operations' | 'accepted'>;

/** A run of this many steps shows its progress even on a server of our own, which takes a few milliseconds for each. */
const LONG = 500;

async function checkTarget(name: Chosen, args: Arguments, io: Outlet, shared: Shared): Promise<CheckResult> {
  const { contract } = shared;
  if (args.fuzz && (name === 'mock' || name === 'hosted-mock')) {
    throw new CannotRun(
      '--fuzz is for servers that look at what is sent, as --target fake: a mock gives examples.',
    );
  }
  const [baseUrl] = args['base-url'];
  const budget = budgetFor(name, args);
  const target = await chooseTarget({
    name,
    contract,
    baseUrl,
    tokenUrl: args['token-url'],
    environment: io.environment,
    timeout: args.timeout,
    count: budget,
    exhaust: args.exhaust,
  });
  io.learn(...secretsOfTarget(target));
  const bar = progress(io.stderr, target.own ? LONG : 0);
  const words = planWords(budget);
  try {
    if (args.exhaust) requireLoopback(target);
    const file = args['fuzz-file'];
    const replay = file === undefined ? [] : await readCases(file);
    const result = await check({
      ...shared,
      target,
      ids: args.id,
      budget,
      timeout: args.timeout,
      strict: args.strict,
      exhaust: args.exhaust,
      requireCoverage: args['require-coverage'],
      secrets: io.given,
      allowIncomplete: args['allow-incomplete'],
      ...(args.fuzz ? { fuzz: { ...args.fuzz, seed: args.seed, replay } } : {}),
      onStep(step) {
        const text = words.hour();
        if (text !== '') {
          bar.end();
          io.stderr.write(text);
        }
        bar.onStep(step);
      },
      ...(target.own ? {} : { onPlan: (plan) => io.stderr.write(words.plan(plan)) }),
    });
    if (file !== undefined && result.fuzzed) {
      const { failures, unsent } = result.fuzzed;
      await writeCases(file, [...failures, ...unsent]);
    }
    return result;
  } finally {
    bar.end();
    await target.stop();
  }
}

/** If others share the hour, a reserve is left to them; using up the limit leaves none. */
function budgetFor(name: Chosen, args: Arguments): Budget {
  const shared = ['staging', 'live', 'hosted-mock'].includes(name) && !args.exhaust;
  return new Budget(args['max-requests'], args.reserve ?? (shared ? REMOTE_RESERVE : 0));
}

function requireLoopback(target: Target): void {
  if (isLoopback(new URL(target.baseUrl)) && target.name !== 'mock' && target.name !== 'hosted-mock') return;
  throw new CannotRun(
    `--exhaust uses the rate limit of ${target.title} up: that is for servers with state on this machine, as --target fake.`,
  );
}

const CREDENTIAL = '(?:ACCESS_TOKEN|CLIENT_ID|CLIENT_SECRET|API_KEY(?:_\\w+)?|USERNAME|PASSWORD)';
const GENERAL = new RegExp(`^EV_ENERGY_${CREDENTIAL}$`);
const OF_A_TARGET = new RegExp(`^EV_ENERGY_(\\w+?)_${CREDENTIAL}$`);

/** A server with only an address would silently ignore credentials that are set for a named target. */
function requireNamedTarget({ targets }: Arguments, { environment }: Outlet): void {
  if (!targets.includes('server')) return;
  const set = Object.keys(environment).filter((name) => environment[name]?.trim());
  const one = set.find((name) => OF_A_TARGET.test(name));
  if (one === undefined || set.some((name) => GENERAL.test(name))) return;
  const target = OF_A_TARGET.exec(one)?.[1]?.toLowerCase().replaceAll('_', '-');
  throw new CannotRun(
    `${one} is set, but --base-url alone takes EV_ENERGY_ACCESS_TOKEN, or EV_ENERGY_CLIENT_ID and ` +
      `EV_ENERGY_CLIENT_SECRET: set those, or say what the server is with --target ${target}.`,
  );
}

export function chooseOperations(args: Arguments, contract: Contract): readonly Operation[] {
  if (args.operation.length === 0) return contract.operations;
  return args.operation.map((wanted) => {
    const operation = contract.operations.find(({ id }) => id === wanted);
    if (operation) return operation;
    const similar = nearest(
      wanted,
      contract.operations.map(({ id }) => id),
    );
    const advice = similar ? `did you mean ${similar}?` : 'its operationId is needed.';
    throw new CannotRun(`The document has no operation ${quoted(wanted)}: ${advice}`);
  });
}
