import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bigDocument } from '../../contract-tests/fixtures/big-document.js';
import { Resource } from '../../src/client/resource/resource.js';
import {
  CLIENT_MEMBERS,
  loadDocument,
  type OpenApiDocument,
  readOperations,
} from '../../src/document/index.js';
import { EvEnergy } from '../../src/index.js';
import { ROOT } from '../root.js';

/** One line for each operation, for someone who looks for a method. */
function names(document: OpenApiDocument): string {
  const rows = readOperations(document).map(({ method, path, resource, methodName }) => ({
    call: `${[...resource, methodName].join('.')}()`,
    request: `${method} ${path}`,
  }));
  const width = Math.max(...rows.map(({ call }) => call.length));
  return rows.map(({ call, request }) => `${call.padEnd(width)}  ${request}\n`).join('');
}

// A changed name breaks callers' code. If the change is intended, `npx vitest run -u` accepts it.
it('the methods of the client have the names that are written down', async () => {
  await expect(names(await loadDocument(join(ROOT, 'openapi/ev-energy-v2.yaml')))).toMatchFileSnapshot(
    'golden/method-names.txt',
  );
});

it('the methods of a document with more kinds of paths have the names that are written down, too', async () => {
  await expect(names(bigDocument())).toMatchFileSnapshot('golden/big-document-method-names.txt');
});

it('no resource has the name of a member that the client has itself', () => {
  const ev = new EvEnergy({ auth: null });
  const fields = Object.entries(ev).filter(
    ([name, value]) => name !== '_core' && !(value instanceof Resource),
  );
  const own = [...fields.map(([name]) => name), ...Object.getOwnPropertyNames(EvEnergy.prototype)];
  expect(own.filter((name) => name !== 'constructor').sort()).toEqual([...CLIENT_MEMBERS].sort());
});
