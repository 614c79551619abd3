import type { Violation } from '../model.js';

/** Violations or notes that go back to one cause: one rule, one place in the document, one place in the answers. */
export interface Cause {
  rule: string;
  /** The first of them, in full. */
  first: Violation;
  /** How many answers show it. */
  count: number;
  /** Ids of the operations that show it, each once; undefined stands for the server as a whole. */
  operations: (string | undefined)[];
  all: Violation[];
}

/** Groups findings by cause, the most frequent first. */
export function causesOf(findings: readonly Violation[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const finding of findings) {
    const key = [
      finding.rule,
      place(finding.where),
      finding.pointer ?? finding.operation,
      finding.expected,
    ].join('\n');
    const cause = causes.get(key);
    if (cause) {
      cause.count += 1;
      cause.all.push(finding);
      if (!cause.operations.includes(finding.operation)) cause.operations.push(finding.operation);
    } else {
      const { rule, operation } = finding;
      causes.set(key, { rule, first: finding, count: 1, operations: [operation], all: [finding] });
    }
  }
  return [...causes.values()].sort((a, b) => b.count - a.count);
}

/** Which item of a list it was makes no difference. */
function place(where: string): string {
  return where.replace(/\/\d+/g, '/*');
}
