interface Findable {
  rule: string;
  where: string;
  expected: string;
  pointer?: string | null | undefined;
}

/**
 * Groups findings that go back to one cause: one rule, one expectation, one place in the answers and in the parts of the
 * document that operations share. The most frequent come first, each group in its own order.
 */
export function causesOf<T extends Findable>(findings: readonly T[]): [first: T, ...others: T[]][] {
  const causes = new Map<string, [T, ...T[]]>();
  for (const finding of findings) {
    const { rule, where, expected, pointer } = finding;
    // A place of an operation's own would part what belongs together.
    const shared = pointer?.startsWith('#/components/') ? pointer : '';
    const key = [rule, anyItem(where), shared, expected].join('\n');
    const cause = causes.get(key);
    if (cause) cause.push(finding);
    else causes.set(key, [finding]);
  }
  return [...causes.values()].sort((a, b) => b.length - a.length);
}

/** Which item of a list it was makes no difference. */
function anyItem(where: string): string {
  return where.replace(/\/\d+/g, '/*');
}

interface Reasoned {
  rule: string;
  operation?: string | null | undefined;
  reason?: string | null | undefined;
}

/** What one reason holds back. */
export interface ReasonGroup {
  reason: string;
  rules: string[];
  /** Ids of operations; null for the server as a whole. */
  operations: (string | null)[];
}

/** Groups verdicts by their reason, in the order in which reasons first come. */
export function byReason(verdicts: readonly Reasoned[]): ReasonGroup[] {
  const groups = new Map<string, Reasoned[]>();
  for (const verdict of verdicts) {
    const reason = verdict.reason ?? '';
    groups.set(reason, [...(groups.get(reason) ?? []), verdict]);
  }
  return [...groups].map(([reason, own]) => ({
    reason,
    rules: [...new Set(own.map(({ rule }) => rule))],
    operations: [...new Set(own.map(({ operation }) => operation ?? null))],
  }));
}

/** Groups what a mock can't do by what that is, the most frequent first. */
export function limitsOf<T extends { limit: string }>(
  limits: readonly T[],
): { limit: string; findings: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const one of limits) groups.set(one.limit, [...(groups.get(one.limit) ?? []), one]);
  return [...groups]
    .map(([limit, findings]) => ({ limit, findings }))
    .sort((a, b) => b.findings.length - a.findings.length);
}
