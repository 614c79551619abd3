import type { Violation } from '../model/exchange.js';
import type { Redactor } from '../report/redact.js';
import { type Accepted, applyAccepted } from './accepted.js';
import type { Verdicts } from './verdicts.js';

export interface Conclusion {
  violations: Violation[];
  notes: Violation[];
  accepted: { violation: Violation; entry: Accepted }[];
}

export interface ConcludeOptions {
  verdicts: Verdicts;
  redact: Redactor;
  /** Notes are violations too. */
  strict: boolean;
  accepted: readonly Accepted[];
  /** Ids of the operations that were asked for. */
  operations: readonly string[];
  /** An entry that matches nothing is itself wrong: not where only some traffic was seen. */
  complete: boolean;
  /** Why a rule can't apply to an operation: an entry on it is wrong. */
  inapplicable?(rule: string, operation: string | undefined): string | undefined;
}

/** Parts what was found into what stands, what is only noted and what is accepted; enters it into the verdicts. */
export function conclude(found: readonly Violation[], options: ConcludeOptions): Conclusion {
  const { verdicts, redact, strict, operations } = options;
  const findings = found.map((finding) => ({ ...finding, found: redact.text(finding.found) }));
  const broken = findings.filter(({ note }) => strict || !note);
  for (const { rule, operation, note } of findings) {
    verdicts.set(rule, operation, strict || !note ? 'broken' : 'noted');
  }
  const { standing, accepted } = applyAccepted(broken, options.accepted, {
    today: new Date().toISOString().slice(0, 10),
    looked: (rule, operation) =>
      options.complete &&
      [undefined, ...operations]
        .filter((id) => operation === undefined || id === operation)
        .some((id) => ['kept', 'noted'].includes(verdicts.get(rule, id)?.state ?? '')),
    inapplicable: (rule, operation) => options.inapplicable?.(rule, operation),
  });
  for (const { violation } of accepted) {
    const { rule, operation } = violation;
    const stands = standing.some((other) => other.rule === rule && other.operation === operation);
    if (!stands) verdicts.replace(rule, operation, 'accepted');
  }
  return { violations: standing, notes: strict ? [] : findings.filter(({ note }) => note), accepted };
}
