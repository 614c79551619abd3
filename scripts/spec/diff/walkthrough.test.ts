import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { loadDocument } from '../../../src/document/index.js';
import { proposeBump } from './bump.js';
import { compareDocuments } from './classify.js';
import { render } from './render.js';

const read = (name: string) => new URL(`../../../${name}`, import.meta.url);

it('of CONTRIBUTING says what the commands say', async () => {
  const contributing = await readFile(read('CONTRIBUTING.md'), 'utf8');
  const [, base = '', revision = ''] = /diff --base (\S+) --revision (\S+?)`/.exec(contributing) ?? [];
  const changes = await compareDocuments(await loadDocument(read(base)), await loadDocument(read(revision)));
  const report = render({ base, revision, changes, bump: proposeBump(changes, '0.1.0') }, 'text');
  const quoted = [
    '1 breaking, 13 compatible, 1 editorial.',
    'EVSEMake.evse_models was "models": renamed',
    'Proposed version: 0.2.0 (minor)',
  ];
  for (const text of quoted) {
    expect(contributing).toContain(`\`${text}\``);
    expect(report).toContain(text);
  }
});
