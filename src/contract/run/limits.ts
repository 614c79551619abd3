import type { Contract } from '../model/contract.js';
import type { Target } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { Limit } from '../model/violation.js';

/** What was judged, and apart from it what says something of the mock only. */
export interface Parted {
  judgements: Judgement[];
  limits: Limit[];
}

/** Takes out of judgements what a mock can't do: neither the document nor a server is at fault there. */
export function partLimits(judgements: readonly Judgement[], target: Target, contract: Contract): Parted {
  const limits: Limit[] = [];
  const parted = judgements.map((judgement): Judgement => {
    const findings = judgement.findings.filter((finding) => {
      const limit = target.limit?.(finding, contract);
      if (limit !== undefined) limits.push({ ...finding, limit });
      return limit === undefined;
    });
    if (findings.length > 0 || findings.length === judgement.findings.length)
      return { ...judgement, findings };
    const reason = `limit of the mock: ${limits.at(-1)?.limit}`;
    return { ...judgement, findings, unable: { state: 'not-applicable', reason } };
  });
  return { judgements: parted, limits };
}
