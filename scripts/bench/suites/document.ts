import { stringify } from 'yaml';
import { bigDocument } from '../../../contract-tests/fixtures/big-document.js';
import { BuiltClient } from '../../../contract-tests/fixtures/built-client.js';
import { readOperations } from '../../../src/document/index.js';
import { generate } from '../../generate/generate.js';
import { CLIENT, OPERATION } from '../../package/size.js';
import type { Row, Suite } from '../row.js';

/** What a document's size costs: the time to generate from it, and the bytes in a consumer's bundle. */
export async function documentSuite(): Promise<Suite> {
  const documents = [bigDocument(2), bigDocument()] as const;
  const [few, many] = documents.map((document) => readOperations(document).length) as [number, number];
  const small = await bundled(documents[0]);
  const each = ((await bundled(documents[1])) - small) / (many - few);

  const core = Math.round(small - each * few);

  // The generator is warm by now, so we measure its work, not the loading of its libraries.
  const begun = performance.now();
  await generate(documents[1]);
  const seconds = (performance.now() - begun) / 1000;

  const kilobytes = stringify(documents[1], { aliasDuplicateObjects: false }).length / 1000;
  const rows: Row[] = [
    { what: 'generation', measured: `${seconds.toFixed(1)} s`, ...atMost(seconds, 30, 's') },
    {
      what: 'one more operation in a bundle, gzipped',
      measured: `${each.toFixed(1)} bytes`,
      ...atMost(each, OPERATION, 'bytes'),
    },
    {
      what: 'a bundle without operations, gzipped',
      measured: `${core} bytes`,
      ...atMost(core, CLIENT.first, 'bytes'),
    },
  ];
  return { title: `Document of ${many} operations, ${kilobytes.toFixed(0)} KB of YAML`, rows };
}

async function bundled(document: ReturnType<typeof bigDocument>): Promise<number> {
  const client = await BuiltClient.of(document);
  try {
    return await client.bundleSize();
  } finally {
    await client.remove();
  }
}

function atMost(value: number, limit: number, unit: string): Pick<Row, 'target' | 'ok'> {
  return { target: `≤ ${limit} ${unit}`, ok: value <= limit };
}
