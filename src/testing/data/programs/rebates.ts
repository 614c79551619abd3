import { Random } from '../../made/random.js';
import type { Resource, Table } from '../../resources/resource.js';
import { id } from '../ids.js';

const STATUSES = ['PENDING_IN_PROGRESS', 'NOT_STARTED', 'PENDING_TYPE_SELECTED', 'COMPLETE'];

/** Applications for rebates, and the files that are handed in with them. */
export function rebateTables(base: string, seed: string): Table[] {
  const random = new Random(`${seed} rebates`);
  const rebates = STATUSES.map((status, index): Resource => {
    const key = id('rbtu', Date.UTC(2025, 0, 10 + index), random);
    const type = id('rbtt', Date.UTC(2024, 11, 1), random);
    return {
      id: key,
      url: `${base}/user_rebates/${key}`,
      status,
      rebate_type: `${base}/rebate_types/${type}`,
    };
  });
  const evidence = id('rbet', Date.UTC(2024, 11, 2), random);
  const file = (key: string, body: Resource): Resource => ({
    id: key,
    url: `${base}/rebate_evidence_files/${key}`,
    file_name: body.file_name ?? 'file',
    rebate_evidence_type: body.rebate_evidence_type ?? `${base}/rebate_evidence_types/${evidence}`,
  });
  const files = [file(id('rbef', Date.UTC(2025, 0, 12), random), { file_name: 'invoice.pdf' })];
  return [
    { path: '/user_rebates', key: 'id', items: () => rebates },
    {
      path: '/rebate_evidence_files',
      key: 'id',
      items: () => files,
      create: (body) => file(id('rbef', Date.UTC(2026, 6, 1), random), body),
    },
  ];
}
