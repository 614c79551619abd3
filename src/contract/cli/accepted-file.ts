import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vendoredDocument } from '../../document/index.js';

/** The file that `--accept` names: one of the package's own by its name, else a path. */
export function acceptedFile(name: string): string {
  const packaged = join(dirname(dirname(vendoredDocument())), 'contract-tests', 'accepted', `${name}.yaml`);
  return /^[\w-]+$/.test(name) && existsSync(packaged) ? packaged : name;
}
