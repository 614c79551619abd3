/** What the size of a document costs: the time of generating from it, and the bytes of a consumer's bundle. */
import { stringify } from 'yaml';
import { bigDocument } from '../../contract-tests/fixtures/big-document.js';
import { BuiltClient } from '../../contract-tests/fixtures/built-client.js';
import { readOperations } from '../../src/document/index.js';
import { generate } from '../generate/generate.js';

const CODE = "import { EvEnergy } from './index.ts'; globalThis.ev = new EvEnergy();";

const documents = [bigDocument(2), bigDocument()] as const;
const counts = documents.map((document) => readOperations(document).length) as [number, number];
const sizes: number[] = [];
for (const document of documents) {
  const client = await BuiltClient.of(document);
  sizes.push(await client.bundleSize(CODE));
  await client.remove();
}
const [small = 0, big = 0] = sizes;
const each = (big - small) / (counts[1] - counts[0]);

// The generator is warm by now: what is measured is its work, not the loading of its libraries.
const begun = performance.now();
await generate(documents[1]);
const seconds = (performance.now() - begun) / 1000;

const kilobytes = stringify(documents[1], { aliasDuplicateObjects: false }).length / 1000;
process.stdout.write(`A document of ${counts[1]} operations, ${kilobytes.toFixed(0)} KB of YAML
  generated from in            ${seconds.toFixed(1)} s
  one more operation in a bundle  ${each.toFixed(1)} bytes gzipped (at most 60)
  the client without operations   ${((small - each * counts[0]) / 1000).toFixed(1)} KB minified and gzipped
`);
