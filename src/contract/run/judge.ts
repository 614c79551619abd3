import type { Operation } from '../../document/index.js';
import type { Session } from '../exchange/session.js';
import type { Exchange, Finding, Probe, Violation } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';
import { type Contract, declaredResponse } from '../schema/contract.js';
import { either } from '../text/words.js';
import type { Played } from './run.js';
import { NOTHING_CAME, type Verdicts } from './verdicts.js';

interface Judged {
  session: Session;
  rules: readonly Rule[];
  operations: readonly Operation[];
  played: readonly Played[];
  verdicts: Verdicts;
}

/** Holds all that came against the rules; enters what each rule has to say of each operation. */
export function judge({ session, rules, operations, played, verdicts }: Judged): Violation[] {
  const { contract, target } = session;
  const findings: Violation[] = [];
  const enter = (
    rule: string,
    operation: string | undefined,
    found: Finding[] | undefined,
    exchange?: Exchange,
  ) => {
    if (found === undefined) return;
    const worst = found.length === 0 ? 'kept' : found.every(({ note }) => note) ? 'noted' : 'broken';
    verdicts.set(rule, operation, worst);
    findings.push(...found.map((finding) => ({ exchange, ...finding, rule, operation })));
  };
  const suits = (rule: Rule, operation: Operation) =>
    rule.notOnMock === undefined || target.fixed(operation) === undefined;

  for (const exchange of session.exchanges) {
    const { operation } = exchange;
    for (const rule of rules) {
      if (rule.on === 'answer' && suits(rule, operation)) {
        enter(rule.id, operation.id, rule.check(exchange, contract), exchange);
      }
    }
    const expectation = unexpected(exchange, session);
    if (typeof expectation === 'string')
      verdicts.set(exchange.probe.rule, operation.id, 'not-covered', expectation);
    else enter(exchange.probe.rule, operation.id, expectation, exchange);
  }
  for (const { rules: own, operation, facts } of played) {
    for (const rule of own) {
      if (rule.on === 'scenario' || rule.on === 'server')
        enter(rule.id, operation?.id, rule.check(facts, contract));
    }
  }
  for (const operation of operations) {
    const exchanges = session.exchanges.filter((exchange) => exchange.operation === operation);
    for (const rule of rules) {
      if (rule.on === 'sequence' && suits(rule, operation))
        enter(rule.id, operation.id, rule.check(exchanges, contract));
    }
  }
  for (const silence of session.silences) {
    for (const rule of rules) {
      if (rule.on === 'silence') enter(rule.id, silence.probe.operation.id, rule.check(silence, contract));
    }
  }
  complete(rules, operations, session, verdicts);
  return findings.sort((a, b) => (a.exchange?.number ?? 0) - (b.exchange?.number ?? 0));
}

/**
 * What an answer's status says of what was expected: findings, none when it was not expected otherwise, or why the
 * answer says nothing. A status that isn't declared is the matter of another rule.
 */
function unexpected(exchange: Exchange, session: Session): Finding[] | string | undefined {
  const { probe, response, operation } = exchange;
  if (isExpected(probe, response.status)) return [];
  const declared = declaredResponse(operation, response.status);
  if (!declared && probe.method === operation.method) return undefined;
  const excuse = excused(exchange, session);
  if (excuse !== undefined) return excuse;
  const expected = either(probe.expect);
  return [{ where: 'status', expected, found: String(response.status), pointer: declared?.pointer }];
}

export function isExpected(probe: Probe, status: number): boolean {
  return probe.expect.some((wanted) => wanted === String(status) || wanted === `${String(status)[0]}XX`);
}

/** Why a refusal says nothing: the ids are only the document's, or the token isn't granted the scope. */
export function excused({ probe, response, operation }: Exchange, { target }: Session): string | undefined {
  if (response.status === 429 && !target.own) return 'the rate limit is used up';
  const refused = response.status === 403 || response.status === 404;
  if (!refused) return undefined;
  const first = probe.guessed.find((name) => name !== probe.breaks);
  if (first !== undefined && !target.knowsExamples) {
    return `${response.status}: the document's example for ${first} isn't known here: give one with --id ${first}=…`;
  }
  if (probe.breaks !== undefined) return undefined;
  const granted = target.scopes && operation.scopes.every((scope) => target.scopes?.includes(scope));
  if (response.status === 403 && !granted && !target.own)
    return '403: the token is not granted this operation';
  return undefined;
}

/** Holds one answer against the rules on single answers; names those that had something to look at. */
export function judgeAnswer(
  exchange: Exchange,
  contract: Contract,
  rules: readonly Rule[],
): { findings: Violation[]; looked: string[] } {
  const operation = exchange.operation.id;
  const findings: Violation[] = [];
  const looked: string[] = [];
  for (const rule of rules) {
    const found = rule.on === 'answer' ? rule.check(exchange, contract) : undefined;
    if (found === undefined) continue;
    looked.push(rule.id);
    findings.push(...found.map((finding) => ({ exchange, ...finding, rule: rule.id, operation })));
  }
  return { findings, looked };
}

/** Rules that have said nothing yet, because no answer of their kind came. */
function complete(
  rules: readonly Rule[],
  operations: readonly Operation[],
  session: Session,
  verdicts: Verdicts,
) {
  const asked = new Set(
    [...session.exchanges, ...session.silences.map(({ probe }) => probe)].map(({ operation }) => operation),
  );
  for (const rule of rules) {
    if (rule.on === 'server') continue;
    for (const operation of operations) {
      const fixed = session.target.fixed(operation);
      const reason =
        rule.notOnMock !== undefined && fixed !== undefined ? `${fixed}: ${rule.notOnMock}` : NOTHING_CAME;
      if (rule.on === 'silence' && asked.has(operation)) verdicts.set(rule.id, operation.id, 'kept');
      else verdicts.set(rule.id, operation.id, 'not-applicable', reason);
    }
  }
}
