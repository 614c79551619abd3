import type { Operation } from '../document/index.js';
import type { Contract } from './contract.js';
import { declaredResponse } from './contract.js';
import type { Exchange, Finding, Violation } from './model.js';
import type { Rule } from './rule.js';
import { Session } from './session.js';
import type { Target } from './targets/target.js';
import { either } from './text.js';
import type { Transport } from './transport.js';

export interface RunOptions {
  contract: Contract;
  rules: readonly Rule[];
  target: Target;
  transport: Transport;
  operations: readonly Operation[];
  ids?: ReadonlyMap<string, string>;
}

export interface RunResult {
  target: Target;
  operations: readonly Operation[];
  exchanges: readonly Exchange[];
  violations: Violation[];
  notes: Violation[];
}

/** Sends all probes, one after the other, and holds the answers against the rules. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { contract, rules, target, transport, operations } = options;
  const session = new Session(contract, target, transport, options.ids);
  const senders = rules.filter((rule) => rule.on === 'probe').sort((a, b) => a.priority - b.priority);
  for (const rule of senders) {
    for (const operation of operations) {
      for (const probe of await rule.probes(operation, session)) await session.send(probe);
    }
  }
  const findings = session.exchanges.flatMap((exchange) => [
    ...rules.flatMap((rule) =>
      rule.on === 'answer'
        ? rule.check(exchange, contract).map((finding) => attribute(rule.id, exchange, finding))
        : [],
    ),
    ...expectation(exchange),
  ]);
  return {
    target,
    operations,
    exchanges: session.exchanges,
    violations: findings.filter((finding) => !finding.note),
    notes: findings.filter((finding) => finding.note),
  };
}

/** A declared answer that isn't the one asked for; an undeclared one is the matter of another rule. */
function expectation(exchange: Exchange): (Violation & { note?: true })[] {
  const { probe, response, operation } = exchange;
  const status = String(response.status);
  const kept = probe.expect.some((wanted) => wanted === status || wanted === `${status[0]}XX`);
  const declared = declaredResponse(operation, response.status);
  if (kept || (!declared && probe.method === operation.method)) return [];
  const finding = {
    where: 'status',
    expected: either(probe.expect),
    found: status,
    ...(declared ? { pointer: declared.pointer } : {}),
  };
  return [attribute(probe.rule, exchange, finding)];
}

function attribute(rule: string, exchange: Exchange, finding: Finding): Violation & { note?: true } {
  return { ...finding, rule, operation: exchange.operation.id, exchange };
}
