import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ContractMatchers, checkExchange, contractMatchers, contractOf } from '../src/contract/index.js';
import type { OpenApiDocument } from '../src/document/index.js';
import { type Fake, startFake } from '../src/testing/index.js';
import { contract } from './kit.js';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the interface that is added to has it so
  interface Matchers<T = any> extends ContractMatchers<T> {}
}
expect.extend(contractMatchers);

let fake: Fake;
beforeAll(async () => {
  fake = await startFake();
});
afterAll(() => fake.close());

const headers = {
  'Content-Type': 'application/json',
  'EvEnergy-Version': '2',
  'X-RateLimit-Limit': '1000',
  'X-RateLimit-Remaining': '7',
};
const url = 'https://api.ev.energy/v2/evse_makes/emak01HS8FRXKJD5JZZ7ZN6W8H21P8';
const body = { id: 'emak01HS8FRXKJD5JZZ7ZN6W8H21P8', url, name: 'BG SyncEV' };

describe('checkExchange', () => {
  test('gives nothing for an exchange that conforms', async () => {
    expect(await checkExchange({ method: 'GET', url, status: 200, headers, body })).toEqual([]);
    expect(
      await checkExchange({ url, status: 200, headers: new Headers(headers), body: JSON.stringify(body) }),
    ).toEqual([]);
    expect(
      await checkExchange({ url: '/evse_makes/x', status: 200, headers: Object.entries(headers), body }),
    ).toEqual([]);
  });

  test('refuses an unknown option, and a value that an option cannot have', async () => {
    const exchange = { url, status: 200, headers, body };
    const misspelt = { stric: true } as object;
    await expect(checkExchange(exchange, misspelt)).rejects.toThrow(
      "There is no option 'stric'; there are contract, strict",
    );
    const wrong = { strict: 'yes' } as object;
    await expect(checkExchange(exchange, wrong)).rejects.toThrow('strict must be true or false, not "yes"');
    const nothing = { contract: 7 } as object;
    await expect(checkExchange(exchange, nothing)).rejects.toThrow(
      'contract must be a file, or what loadContract or contractOf gives, not 7',
    );
  });

  test('names what is wrong, where, and where the document says so', async () => {
    const violations = await checkExchange({ url, status: 200, headers, body: { ...body, name: null } });
    expect(violations).toEqual([
      {
        rule: 'body-schema',
        operation: 'get-evse_makes-evse_make_id',
        where: 'body /name',
        expected: 'string',
        found: 'null',
        pointer: '#/components/schemas/EVSEMake/properties/name/type',
      },
    ]);
  });

  test('looks at status, headers and the version that was asked for', async () => {
    const rules = async (exchange: object) =>
      (await checkExchange({ url, status: 200, headers, body, ...exchange })).map(({ rule }) => rule);
    expect(await rules({ status: 418 })).toContain('status-declared');
    expect(await rules({ headers: { ...headers, 'X-RateLimit-Limit': 'many' } })).toEqual(['header-valid']);
    expect(await rules({ headers: { 'Content-Type': 'application/json' } })).toEqual(
      Array(3).fill('header-present'),
    );
    expect(await rules({ requestHeaders: { 'EvEnergy-Version': '3' } })).toEqual(['version-echoed']);
    expect(await rules({ body: 'not JSON' })).toEqual(['body-json']);
    expect(await rules({ method: 'DELETE' })).toEqual(['operation-declared']);
    expect(await rules({ url: '/elsewhere' })).toEqual(['operation-declared']);
  });

  test('reads bytes as the UTF-8 text that they are', async () => {
    const named = JSON.stringify({ ...body, name: 'Zaptec – 7' });
    const bytes = new TextEncoder().encode(named);
    for (const each of [bytes, Buffer.from(named), bytes.buffer, new DataView(bytes.buffer)]) {
      expect(await checkExchange({ url, status: 200, headers, body: each })).toEqual([]);
    }
    const wrong = Buffer.from(named.replace('"name"', '"nam"'));
    expect(await checkExchange({ url, status: 200, headers, body: wrong })).toMatchObject([
      { rule: 'body-schema', expected: "a member 'name'" },
    ]);
    const latin = Buffer.from(named.replace('–', 'é'), 'latin1');
    expect(await checkExchange({ url, status: 200, headers, body: latin })).toMatchObject([
      { rule: 'body-json', expected: 'UTF-8' },
    ]);
  });

  test('counts allowed drift on demand', async () => {
    const drifted = { url, status: 200, headers, body: { ...body, colour: 'red' } };
    expect(await checkExchange(drifted)).toEqual([]);
    expect(await checkExchange(drifted, { strict: true })).toMatchObject([
      { rule: 'unknown-fields', where: 'body /colour' },
    ]);
  });

  test('holds an exchange against another document, where one is given', async () => {
    expect(await checkExchange({ url, status: 200, headers, body }, { contract })).toEqual([]);
    await expect(
      checkExchange({ url, status: 200, headers, body }, { contract: 'nowhere.yaml' }),
    ).rejects.toThrow(/no such file/);
  });
});

describe('a document with faults', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a document of any form
  const changed = (change: (document: any) => void) => {
    const document = structuredClone(contract.document);
    change(document);
    return contractOf(document);
  };

  test('is told of where its schemas cannot be held against the answer, and the rest is', async () => {
    const broken = changed(({ components: { schemas } }) => {
      schemas.EVSEMake.properties.icon = { type: 'strng' };
      schemas.Elsewhere = { type: 'strng' };
    });
    const fault = {
      rule: 'document-fault',
      operation: 'get-evse_makes-evse_make_id',
      where: 'document',
      found: expect.stringContaining('strng'),
      pointer: '#/components/schemas/EVSEMake/properties/icon',
    };
    const exchange = { url, status: 200, headers, body };
    expect(await checkExchange(exchange, { contract: broken })).toMatchObject([fault]);
    expect(
      await checkExchange({ ...exchange, body: { ...body, name: 7 } }, { contract: broken }),
    ).toMatchObject([fault, { rule: 'body-schema', where: 'body /name' }]);
    await expect(expect(exchange).toMatchContract({ contract: broken })).rejects.toThrow(/document-fault/);
  });

  test('is told of no fault where the answer has to do with other schemas', async () => {
    const broken = changed(({ components: { schemas } }) => {
      schemas.EVSEMake.properties.icon = { type: 'strng' };
    });
    await checkExchange({ url, status: 200, headers, body }, { contract: broken });
    const problem = { title: 'Not found', status: 404, type: 'about:blank', detail: 'There is none.' };
    const absent = { url, status: 404, headers: { ...headers, 'Content-Type': 'application/problem+json' } };
    const rules = await checkExchange({ ...absent, body: problem }, { contract: broken });
    expect(rules.map(({ rule }) => rule)).not.toContain('document-fault');
  });

  test('in OpenAPI 3.0 is read as what it says in 3.1, from a file and as a value', async () => {
    const old = {
      openapi: '3.0.3',
      info: { title: 'Old', version: '1' },
      paths: {
        '/thing': {
          get: {
            operationId: 'thing',
            responses: {
              200: {
                description: 'A thing.',
                content: {
                  'application/json': {
                    schema: { type: 'object', properties: { name: { type: 'string', nullable: true } } },
                  },
                },
              },
            },
          },
        },
      },
    };
    const folder = await mkdtemp(join(tmpdir(), 'contract-exchange-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'old.json'), JSON.stringify(old));
    const json = { 'Content-Type': 'application/json' };
    for (const held of [contractOf(old as OpenApiDocument), join(folder, 'old.json')]) {
      const check = (name: unknown) =>
        checkExchange({ url: '/thing', status: 200, headers: json, body: { name } }, { contract: held });
      expect(await check(null)).toEqual([]);
      expect(await check(7)).toMatchObject([{ rule: 'body-schema', expected: 'string or null' }]);
    }
    expect(old.openapi).toBe('3.0.3');
  });
});

describe('toMatchContract', () => {
  test('takes a Response, whose body can still be read', async () => {
    const response = await fetch(`${fake.url}/evse_makes`);
    await expect(response).toMatchContract();
    expect(await response.json()).toHaveLength(25);
  });

  test('takes an exchange, with URL, status, headers and body', async () => {
    await expect({ url, status: 200, headers, body }).toMatchContract();
    await expect({ url, status: 200, headers, body: [] }).not.toMatchContract();
  });

  test('fails with each violation, and with .not where there is none', async () => {
    const check = () => expect(Response.json({ name: 7 }, { headers })).toMatchContract({ url });
    await expect(check()).rejects.toThrow(
      /has 3 violations of the contract:\n.*body.*expected a member 'id'/,
    );
    await expect(expect({ url, status: 200, headers, body }).not.toMatchContract()).rejects.toThrow(
      /was expected not to/,
    );
  });

  test('says what it takes, where it is given something else', async () => {
    await expect(expect(7).toMatchContract()).rejects.toThrow(/takes a Response, or an object with url/);
    await expect(expect(new Response()).toMatchContract()).rejects.toThrow(/has no URL/);
  });
});
