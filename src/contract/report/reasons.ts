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
