import type { Contract } from '../model/contract.js';
import type { Target } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { Limit } from '../model/violation.js';

/** The judgements, separated from findings that are only about the mock. */
export interface Parted {
  judgements: Judgement[];
  limits: Limit[];
}

/** Takes findings about a mock's limits out of the judgements: neither the document nor a server is at fault. */
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
