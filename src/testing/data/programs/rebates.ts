import { Random } from '../../made/random.js';
import type { Resource, Table } from '../../resources/resource.js';
import { id } from '../ids.js';

/** The ids of the document's examples. */
const EXAMPLE_REBATE = 'rbtu01HT8RQ746P8175PPS023N1ZTT';
const EXAMPLE_REBATE_TYPE = 'rbtt01HT8861BTVH6EC692GP9MWAQX';
const EXAMPLE_EVIDENCE_TYPE = 'rbet01HT88WEY6EH83546YKS7SCH0G';
const EXAMPLE_FILE = 'rbef01HT81Z3NMWQTKCAE6DXJYX5NA';

const STATUSES = ['PENDING_IN_PROGRESS', 'NOT_STARTED', 'PENDING_TYPE_SELECTED', 'COMPLETE'];

/** Applications for rebates, and the files that belong to them. */
export function rebateTables(base: string, seed: string): Table[] {
  const random = new Random(`${seed} rebates`);
  const rebates = STATUSES.map((status, index): Resource => {
    const key = index === 0 ? EXAMPLE_REBATE : id('rbtu', Date.UTC(2025, 0, 10 + index), random);
    return {
      id: key,
      url: `${base}/user_rebates/${key}`,
      status,
      rebate_type: `${base}/rebate_types/${EXAMPLE_REBATE_TYPE}`,
    };
  });
  const file = (key: string, body: Resource): Resource => ({
    id: key,
    url: `${base}/rebate_evidence_files/${key}`,
    file_name: body.file_name ?? 'file',
    rebate_evidence_type:
      body.rebate_evidence_type ?? `${base}/rebate_evidence_types/${EXAMPLE_EVIDENCE_TYPE}`,
  });
  const files = [file(EXAMPLE_FILE, { file_name: 'invoice.pdf' })];
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
