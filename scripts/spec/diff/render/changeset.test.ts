import { expect, test } from 'vitest';
import { parseOpenApi } from '../../../../src/document/index.js';
import { proposeBump } from '../bump.js';
import { compareDocuments } from '../compare-documents.js';
import { render } from './render.js';

const document = (paths: string) =>
  parseOpenApi(`
openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
${paths}
`);
const LIST = `  /things:
    get:
      operationId: list
      responses: { '200': { description: All. } }`;
const DELETE = `
    delete:
      operationId: clear
      responses: { '204': { description: None. } }`;

async function changeset(before: string, after: string): Promise<string> {
  const changes = await compareDocuments(document(before), document(after));
  const bump = proposeBump(changes, '1.0.0');
  return render({ base: 'a', revision: 'b', changes, bump }, 'changeset');
}

test('a changeset asks for the version, and says what users notice', async () => {
  expect(await changeset(LIST, LIST + DELETE)).toMatch(
    /^---\n'ev-energy-client': minor\n---\n\nThe document: .*1 compatible.*\n\n- Compatible: .*\n$/,
  );
  expect(await changeset(LIST + DELETE, LIST)).toMatch(/^---\n'ev-energy-client': major\n---\n/);
});

test('where nothing has changed there is no changeset', async () => {
  expect(await changeset(LIST, LIST)).toBe('');
});
