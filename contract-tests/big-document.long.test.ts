import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { CLIENT, OPERATION } from '../scripts/package/size.js';
import { type Prism, startPrism } from '../src/contract/targets/mock/prism.js';
import { type Operation, type Parameter, readOperations } from '../src/document/index.js';
import { bigDocument } from './fixtures/big-document.js';
import { BuiltClient } from './fixtures/built-client.js';

const document = bigDocument();
const operations = readOperations(document);
const text = stringify(document, { aliasDuplicateObjects: false });

let client: BuiltClient;
let prism: Prism;
let folder: string;
let generation: NodeJS.CpuUsage;

beforeAll(async () => {
  const begun = process.cpuUsage();
  client = await BuiltClient.of(document);
  generation = process.cpuUsage(begun);
  folder = await mkdtemp(join(tmpdir(), 'ev-energy-big-'));
  await writeFile(join(folder, 'big.yaml'), text);
  prism = await startPrism(join(folder, 'big.yaml'));
}, 120_000);
afterAll(async () => {
  await prism?.stop();
  await client?.remove();
  await rm(folder, { recursive: true });
});

describe('the big document', () => {
  it('is as large and as varied as real ones get, and the same each time', () => {
    expect(operations.length).toBeGreaterThan(500);
    expect(text.length).toBeGreaterThan(900_000);
    expect(JSON.stringify(bigDocument())).toBe(JSON.stringify(document));
    const methods = new Set(operations.map((operation) => operation.method));
    expect([...methods].sort()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
  });
});

describe('what is generated from the big document', () => {
  // Time of the processor, which other programs on the machine don't add to.
  it('is there within 30 seconds of CPU time', () => {
    expect((generation.user + generation.system) / 1e6).toBeLessThan(30);
  });

  it('passes the type checker strictly', () => {
    expect(client.typeErrors()).toEqual([]);
  }, 120_000);

  it('has validators in one module that needs no other', async () => {
    const { url, text: source } = await client.alone('validators.js');
    expect(source).not.toMatch(/\brequire\(|^import /m);
    const { validators } = await import(/* @vite-ignore */ url);
    for (const { id, responses } of operations) {
      const statuses = responses.map((response) => response.status);
      expect(Object.keys(validators[id] ?? {}).sort()).toEqual(statuses.sort());
    }
  });

  it('has validators that accept each example and refuse another type', async () => {
    const { validators } = await import(/* @vite-ignore */ (await client.alone('validators.js')).url);
    for (const { id, responses } of operations) {
      for (const { status, content } of responses) {
        const json = content.filter(({ mediaType }) => mediaType.endsWith('json'));
        expect(Object.keys(validators[id][status])).toEqual(json.map(({ mediaType }) => mediaType));
        for (const { mediaType, examples } of json) {
          const validate = validators[id][status][mediaType];
          expect(examples.map(({ value }) => validate(value))).toEqual([true]);
          expect(validate('a text')).toBe(false);
        }
      }
    }
  });
});

describe('every method can be called on the mock', () => {
  const calls: { operation: Operation; name: string }[] = operations.map((operation) => ({
    operation,
    name: [...operation.resource, operation.methodName].join('.'),
  }));
  // biome-ignore lint/suspicious/noExplicitAny: methods are looked up by name.
  let ev: any;

  beforeAll(async () => {
    const { EvEnergy, validators } = await client.load();
    ev = new EvEnergy({
      baseUrl: prism.url,
      accessToken: 'mock-token',
      validators,
      validate: 'error',
      logLevel: 'error',
    });
  });

  it.each(calls)('$name', async ({ operation }) => {
    const resource = operation.resource.reduce((owner, name) => owner[name], ev);
    const answer = await resource[operation.methodName](...argumentsOf(operation));
    const success = operation.responses[0];
    const example = success?.content[0]?.examples[0]?.value;
    if (success?.status.startsWith('3')) {
      expect(answer).toEqual({
        status: Number(success.status),
        location: 'https://files.example.com/data.csv',
      });
    } else if (answer instanceof Blob) expect(await answer.text()).toBe(example);
    else expect(Array.isArray(example) && operation.method === 'GET' ? answer.data : answer).toEqual(example);
  });
});

describe('the client of the big document in a bundle', () => {
  it('is gzipped no more than an operation and the client may weigh', async () => {
    const few = bigDocument(2);
    const count = readOperations(few).length;
    const small = await BuiltClient.of(few);
    try {
      const [big, little] = [await client.bundleSize(), await small.bundleSize()];
      const each = (big - little) / (operations.length - count);
      expect(each).toBeGreaterThan(0);
      expect(each).toBeLessThanOrEqual(OPERATION);
      const core = little - each * count;
      expect(core).toBeGreaterThan(1_000);
      expect(core).toBeLessThan(CLIENT.first);
    } finally {
      await small.remove();
    }
  });
});

/** In the order of every method: path parameters, body, the other parameters. */
function argumentsOf(operation: Operation): unknown[] {
  const path = operation.parameters.filter((parameter) => parameter.in === 'path').map(exampleOf);
  const required = operation.parameters.filter((parameter) => parameter.required && parameter.in !== 'path');
  const params = Object.fromEntries(required.map((parameter) => [parameter.name, exampleOf(parameter)]));
  const body = operation.requestBody ? [operation.requestBody.content[0]?.examples[0]?.value] : [];
  return [...path, ...body, params];
}

function exampleOf({ examples }: Parameter): unknown {
  return examples[0]?.value;
}
