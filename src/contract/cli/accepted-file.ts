import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vendoredDocument } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import type { Rule } from '../model/rule.js';
import type { Accepted } from '../model/violation.js';
import { readAccepted, requireDistinct } from '../run/accepted.js';

/** The entries of all files that `--accept` names. */
export async function acceptedDeviations(
  names: readonly string[],
  contract: Contract,
  rules: readonly Rule[],
): Promise<Accepted[]> {
  const known = { rules: rules.map(({ id }) => id), operations: contract.operations.map(({ id }) => id) };
  const files = await Promise.all(names.map((name) => readAccepted(acceptedFile(name), known)));
  const entries = files.flat();
  requireDistinct(entries);
  return entries;
}

/** The file that `--accept` names: one of the package's own by its name, else a path. */
export function acceptedFile(name: string): string {
  const packaged = join(dirname(dirname(vendoredDocument())), 'contract-tests', 'accepted', `${name}.yaml`);
  return /^[\w-]+$/.test(name) && existsSync(packaged) ? packaged : name;
}
