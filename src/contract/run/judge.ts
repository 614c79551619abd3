import type { Operation } from '../../document/index.js';
import { identity } from '../again/confirm.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';
import type { Play, Played, RunRecord, Step } from '../model/run.js';
import type { Server } from '../model/target.js';
import type { Judgement, State, Verdict } from '../model/verdict.js';
import type { Finding, Violation } from '../model/violation.js';
import { meetsExpectation } from './expectation.js';

/** Why a rule has no result: no answer of its kind came, though one might in another run. */
export const NOTHING_CAME = 'nothing of this kind came';

interface Subject {
  contract: Contract;
  target: Server;
  rules: readonly Rule[];
  operations: readonly Operation[];
}

/** Applies the rules to everything that a run yielded. */
export function judge(record: RunRecord, subject: Subject): Judgement[] {
  return [
    ...record.skipped.flatMap(({ rules, operation, state, reason }) =>
      rules.map((rule) => unable(rule, operation?.id, { state, reason })),
    ),
    ...record.exchanges.flatMap((exchange) => judgeExchange(exchange, subject, record)),
    ...record.played.flatMap((played) => judgePlayed(played, subject, record)),
    ...record.confirmed.map((finding) => ({
      rule: finding.rule,
      operation: finding.operation,
      findings: [finding],
    })),
    ...judgeSequences(record, subject),
    ...judgeSilences(record, subject),
    ...whatNothingCameFor(subject),
  ];
}

/** Applies the rules on single answers to an answer; a rule with nothing to check yields nothing. */
export function judgeAnswer(exchange: Exchange, contract: Contract, rules: readonly Rule[]): Judgement[] {
  return rules.flatMap((rule) =>
    rule.on === 'answer'
      ? judgement(
          rule.id,
          exchange.operation.id,
          tryRule(() => rule.check(exchange, contract)),
          exchange,
        )
      : [],
  );
}

/** If a rule crashes on an answer, that becomes a finding; the report isn't lost. */
function tryRule(check: () => Finding[] | undefined): Finding[] | undefined {
  try {
    return check();
  } catch (error) {
    const found = `one at which the rule fails: ${(error as Error).message}`;
    return [{ where: 'answer', expected: 'an answer that can be judged', found }];
  }
}

function judgeExchange(exchange: Exchange, subject: Subject, record: RunRecord): Judgement[] {
  const { contract, target, rules } = subject;
  const suited = rules.filter((rule) => suits(rule, exchange.operation, target));
  const expected = judgeStatus(exchange, subject).map((one) => withoutDoubts(one, record));
  return [...judgeAnswer(exchange, contract, suited), ...expected];
}

function judgeStatus(
  exchange: Exchange,
  { contract, target }: Pick<Subject, 'contract' | 'target'>,
): Judgement[] {
  const { operation, probe } = exchange;
  const status = meetsExpectation(exchange, target, contract);
  return status === undefined || Array.isArray(status)
    ? judgement(probe.rule, operation.id, status, exchange)
    : [unable(probe.rule, operation.id, status)];
}

function judgePlayed(played: Played, { contract }: Subject, record: RunRecord): Judgement[] {
  return judgeFacts(played, contract).map((one) => withoutDoubts(one, record));
}

function judgeFacts({ rules, operation, facts }: Played, contract: Contract): Judgement[] {
  return rules.flatMap((rule) =>
    rule.on === 'scenario' || rule.on === 'server'
      ? judgement(
          rule.id,
          operation?.id,
          tryRule(() => rule.check(facts, contract)),
        )
      : [],
  );
}

/** A step's findings from comparing answers, or from the expected status: those that can be checked again. */
export function findingsOf(
  { rules, operation }: Step,
  { exchanges, facts, failure }: Play,
  { contract, target }: Pick<Subject, 'contract' | 'target'>,
): Violation[] {
  const own = rules.filter(({ on }) => on !== 'server');
  const judgements = [
    ...exchanges.flatMap((exchange) => judgeStatus(exchange, { contract, target })),
    ...(failure ? [] : judgeFacts({ rules: own, operation, facts }, contract)),
  ];
  return judgements.flatMap(({ findings }) => findings).filter(({ note }) => !note);
}

/** A finding that didn't come again when checked, or that proves nothing, becomes a note. */
function withoutDoubts(judgement: Judgement, { doubted }: RunRecord): Judgement {
  const findings = judgement.findings.map((finding) => {
    const why = finding.note ? undefined : doubted.get(identity(finding));
    if (why === undefined) return finding;
    return { ...finding, found: `${finding.found}; ${why}`, note: true as const };
  });
  return { ...judgement, findings };
}

function judgeSequences({ exchanges }: RunRecord, subject: Subject): Judgement[] {
  const { contract, target, rules, operations } = subject;
  return operations.flatMap((operation) => {
    const own = exchanges.filter((exchange) => exchange.operation === operation);
    return rules.flatMap((rule) =>
      rule.on === 'sequence' && suits(rule, operation, target)
        ? judgement(
            rule.id,
            operation.id,
            tryRule(() => rule.check(own, contract)),
          )
        : [],
    );
  });
}

/** Every answered request also satisfies the rules on silences. */
function judgeSilences({ exchanges, silences }: RunRecord, { contract, rules, operations }: Subject) {
  const own = rules.filter((rule) => rule.on === 'silence');
  const asked = new Set(exchanges.map(({ operation }) => operation));
  return own.flatMap((rule) => [
    ...silences.flatMap((silence) =>
      judgement(
        rule.id,
        silence.probe.operation.id,
        tryRule(() => rule.check(silence, contract))?.map((finding) => ({ unanswered: silence, ...finding })),
      ),
    ),
    ...operations.filter((operation) => asked.has(operation)).map(({ id }) => kept(rule.id, id)),
  ]);
}

/** A result for each rule and operation that has none. */
function whatNothingCameFor({ target, rules, operations }: Subject): Judgement[] {
  return rules
    .filter((rule) => rule.on !== 'server')
    .flatMap((rule) =>
      operations.map((operation) => {
        const fixed = target.fixed(operation);
        const reason =
          rule.notOnMock !== undefined && fixed !== undefined ? `${fixed}: ${rule.notOnMock}` : NOTHING_CAME;
        return unable(rule.id, operation.id, { state: 'not-applicable', reason });
      }),
    );
}

function suits(rule: Rule, operation: Operation, target: Server): boolean {
  return rule.notOnMock === undefined || target.fixed(operation) === undefined;
}

function judgement(
  rule: string,
  operation: string | undefined,
  found: readonly Finding[] | undefined,
  exchange?: Exchange,
): Judgement[] {
  if (found === undefined) return [];
  return [{ rule, operation, findings: found.map((finding) => ({ exchange, ...finding, rule, operation })) }];
}

function kept(rule: string, operation: string): Judgement {
  return { rule, operation, findings: [] };
}

function unable(rule: string, operation: string | undefined, why: Judgement['unable'] & {}): Judgement {
  return { rule, operation, findings: [], unable: why };
}

/** The verdicts of a run by `verdictKey`. */
export type Verdicts = ReadonlyMap<string, Verdict>;

/** Weights of states: of all results of a rule on an operation, the one with the largest weight counts. */
const WEIGHT: Readonly<Record<State, number>> = {
  'not-applicable': 0,
  kept: 1,
  noted: 2,
  'not-covered': 3,
  accepted: 3,
  broken: 4,
};

/**
 * Folds all judgements into one verdict for each rule and operation.
 *
 * @param strict whether notes count as violations.
 */
export function verdictsOf(judgements: readonly Judgement[], strict: boolean): Verdicts {
  const verdicts = new Map<string, Verdict>();
  for (const judgement of judgements) {
    const { rule, operation } = judgement;
    const key = verdictKey(rule, operation);
    const verdict = { rule, operation, ...stateOf(judgement, strict) };
    const known = verdicts.get(key);
    if (!known || WEIGHT[verdict.state] > WEIGHT[known.state]) verdicts.set(key, verdict);
  }
  return verdicts;
}

/** @param operation id of the operation; absent for the server as a whole */
export function verdictKey(rule: string, operation: string | null | undefined): string {
  return `${rule} ${operation ?? ''}`;
}

function stateOf({ findings, unable: why }: Judgement, strict: boolean): Pick<Verdict, 'state' | 'reason'> {
  if (why) return why;
  if (findings.length === 0) return { state: 'kept' };
  return { state: findings.some(({ note }) => strict || !note) ? 'broken' : 'noted' };
}
