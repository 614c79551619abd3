import { SEED_PAGE } from '../../../contract-tests/fixtures/seed-page.js';
import { type Contract, check, loadContract, rules } from '../../../src/contract/index.js';
import { fakeTarget } from '../../../src/contract/targets/fake.js';
import { mockTarget } from '../../../src/contract/targets/mock/mock.js';
import { vendoredDocument } from '../../../src/document/index.js';
import { type Place, takeTurns } from '../measure.js';
import type { Row, Suite } from '../row.js';

const TARGETS = { fake: fakeTarget, mock: mockTarget };
const FEW = `fake, ${SEED_PAGE.length} operations`;

/** A complete run of the contract check. Starting the server (Prism, for the mock) isn't counted. */
export async function contractSuite({ rounds }: Place): Promise<Suite> {
  const contract = await loadContract(vendoredDocument());
  const few = contract.operations.filter(({ id }) => SEED_PAGE.includes(id));
  const runs = new Map<string, [keyof typeof TARGETS, Contract['operations']]>([
    [FEW, ['fake', few]],
    [`mock, ${few.length} operations`, ['mock', few]],
    [`fake, ${contract.operations.length} operations`, ['fake', contract.operations]],
    [`mock, ${contract.operations.length} operations`, ['mock', contract.operations]],
  ]);
  const measured = await takeTurns([...runs.keys()], { rounds, warmUp: 1 }, async (name) => {
    const [kind, operations] = runs.get(name) ?? ['fake', few];
    const target = await TARGETS[kind](contract);
    try {
      const { seconds, requests } = await check({ contract, rules, target, operations });
      return { seconds, requests };
    } finally {
      await target.stop();
    }
  });
  const rows = [...runs.keys()].map((what): Row => {
    const seconds = measured.median(what, 'seconds');
    const requests = measured.median(what, 'requests');
    const target =
      what === FEW ? { target: '< 3 s, ≤ 220 requests', ok: seconds < 3 && requests <= 220 } : {};
    const ratio = measured.ratio(what, FEW, 'seconds');
    return { what, measured: `${seconds.toFixed(2)} s, ${requests} requests`, ratio, ...target };
  });
  return { title: 'Contract check', rows };
}
