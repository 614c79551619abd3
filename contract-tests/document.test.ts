import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { contractOf, loadContract } from '../src/contract/index.js';
import { documentFaults } from '../src/contract/schema/document-faults.js';
import { mockTarget } from '../src/contract/targets/mock/mock.js';
import {
  allProperties,
  isObject,
  type OpenApiDocument,
  type Operation,
  parseOpenApi,
  readScopes,
  resolve,
  vendoredDocument,
} from '../src/document/index.js';
import { garden, gardenText } from './garden.js';
import { checkChanged } from './kit.js';
import { run } from './terminal.js';

interface Problem {
  type?: string;
  title: string;
  status: number;
  field_errors?: Record<string, string[]>;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-document-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, document: OpenApiDocument | string): Promise<string> {
  const file = join(folder, name);
  await writeFile(
    file,
    typeof document === 'string' ? document : stringify(document, { aliasDuplicateObjects: false }),
  );
  return file;
}

describe('the vendored document', async () => {
  const contract = await loadContract(vendoredDocument());
  const { operations, document: vendored } = contract;
  /** Everything of an operation that can have examples. */
  const parts = operations.flatMap((operation) => [
    ...operation.parameters.map((part) => ({ at: `${operation.id} ${part.name}`, part })),
    ...operation.responses.flatMap((response) =>
      [...response.content, ...response.headers].map((part) => ({
        at: `${operation.id} ${response.status} ${'name' in part ? part.name : part.mediaType}`,
        part,
      })),
    ),
  ]);

  test('has the 205 operations of the API, each with a summary, a tag, and the scopes that it asks for or none', () => {
    expect(operations).toHaveLength(205);
    const items = Object.values(vendored.paths).filter(isObject);
    const all = items.flatMap((item) => Object.values(item).filter(isObject));
    expect(all).toHaveLength(205);
    const text = (value: unknown) => typeof value === 'string' && value.trim() !== '';
    expect(all.filter(({ summary }) => !text(summary))).toEqual([]);
    expect(all.filter(({ tags }) => !Array.isArray(tags) || tags.length === 0)).toEqual([]);
    expect(all.filter(({ security }) => !Array.isArray(security ?? vendored.security))).toEqual([]);
    const asked = all.flatMap(({ security }) =>
      Array.isArray(security) ? security.flatMap(Object.values) : [],
    );
    const declared = readScopes(vendored);
    expect(declared.length).toBeGreaterThan(30);
    expect([...new Set(asked.flat())].filter((scope) => !declared.includes(String(scope)))).toEqual([]);
  });

  test('has both webhooks, with an example of each event that fits its schema', () => {
    const events = Object.entries(vendored.webhooks as Record<string, OpenApiDocument>);
    expect(events.map(([name]) => name)).toEqual([
      'charging_sub_session.created',
      'charging_sub_session.ended',
    ]);
    for (const [name] of events) {
      const schema = `#/webhooks/${name}/post/requestBody/content/application~1json/schema`;
      const { value, pointer } = resolve(vendored, { $ref: schema }, '#');
      const [example] = (value as { examples: { type: string }[] }).examples;
      expect(example?.type).toBe(name);
      expect(contract.errors(pointer, example)).toEqual([]);
    }
  });

  test('has an example of each parameter, header and body', () => {
    expect(parts.length).toBeGreaterThan(4000);
    expect(parts.filter(({ part }) => part.examples.length === 0).map(({ at }) => at)).toEqual([]);
  });

  test('has no example that its schema refuses', () => {
    const seen = new Set<string>();
    let judged = 0;
    for (const { at, part } of parts) {
      for (const { value } of part.examples) {
        const key = `${part.schemaPointer} ${JSON.stringify(value)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        judged++;
        expect([at, contract.errors(part.schemaPointer ?? '#', value)]).toEqual([at, []]);
      }
    }
    expect(judged).toBeGreaterThan(600);
  });

  test('has examples of problems that are right for their status, their type and the fields they name', () => {
    const problems = operations.flatMap((operation) =>
      operation.responses.flatMap(({ status, content }) =>
        content
          .filter(({ mediaType }) => mediaType === 'application/problem+json')
          .flatMap(({ examples }) => examples)
          .map(({ name, value }) => ({ operation, status, name, problem: value as Problem })),
      ),
    );
    const kinds = new Map<string, string>();
    for (const { operation, status, name, problem } of problems) {
      const { type, title, field_errors: errors = {} } = problem;
      const at = `${operation.id} ${status} ${name}`;
      expect([at, String(problem.status)]).toEqual([at, status]);
      for (const field of Object.keys(errors)) expect([at, ...fieldsOf(operation)]).toContain(field);
      if (type === undefined) {
        // Then the status says enough, but for 400 and 422, which a title says more closely.
        const phrase = STATUS_CODES[status]?.toLowerCase();
        if (!['400', '422'].includes(status)) expect([at, title.toLowerCase()]).toEqual([at, phrase]);
        expect([at, errors]).toEqual([at, {}]);
      } else {
        expect(type).toMatch(/^https:\/\/api\.ev\.energy\/v2\/problems\/[a-z]+(-[a-z]+)*\/$/);
        const kind = kinds.get(type) ?? `${status} ${title}`;
        kinds.set(type, kind);
        expect([at, `${status} ${title}`]).toEqual([at, kind]);
      }
    }
    expect(kinds.size).toBeGreaterThan(10);
  });

  /** What an operation takes: parameters, and the fields of its body. */
  function fieldsOf({ parameters, requestBody }: Operation): string[] {
    const bodies = (requestBody?.content ?? []).flatMap(({ schema, schemaPointer }) => [
      ...allProperties(vendored, schema ?? true, schemaPointer).keys(),
    ]);
    return [...parameters.map(({ name }) => name), ...bodies];
  }

  test('shows what people work with as a page in the middle, as the last page, with nulls and expanded', () => {
    const names = (path: string) => {
      const operation = operations.find((other) => other.method === 'GET' && other.path === path);
      const body = operation?.responses.find(({ status }) => status === '200')?.content[0];
      return { operation, names: body?.examples.map(({ name }) => String(name)) ?? [] };
    };
    const collections = [
      '/users',
      '/vehicles',
      '/vehicles/{vehicle_id}/status_logs',
      '/vehicles/{vehicle_id}/location_logs',
      '/vehicles/{vehicle_id}/command_logs',
      '/vehicles/{vehicle_id}/error_logs',
      '/charging_sessions',
      '/charging_sub_sessions',
      '/programs/{program_id}/tiers',
      '/tariffs',
      '/tariffs/{tariff_id}/prices',
      '/dispatch_coordinators/{dispatch_coordinator_id}/dispatch_logs',
      '/evses',
      '/evses/{evse_id}/status_logs',
      '/evses/{evse_id}/command_logs',
      '/evses/{evse_id}/error_logs',
      '/evses/{evse_id}/ocpp_logs',
    ];
    for (const path of collections) {
      const shown = names(path);
      expect([path, shown.names]).toEqual([
        path,
        expect.arrayContaining(['lastPage', 'middlePage', 'empty']),
      ]);
      if (shown.operation?.expansion)
        expect([path, shown.names.some((name) => name.startsWith('expanded'))]).toEqual([path, true]);
    }
    const withNulls = [
      '/users/{user_id}',
      '/vehicles/{vehicle_id}',
      '/charging_sub_sessions/{charging_sub_session_id}',
    ];
    for (const path of withNulls)
      expect(names(path).names).toEqual(expect.arrayContaining(['full', 'nulls']));
  });

  test('has no faults', () => {
    expect(documentFaults(contract)).toEqual([]);
  });
});

describe('another document', () => {
  test('conforms with its own data: page numbers, filters, required parameters, writing', async () => {
    const { violations, verdicts, coverage } = await checkChanged(garden({}));
    expect(violations).toEqual([]);
    const kept = new Set(verdicts.filter(({ state }) => state === 'kept').map(({ rule }) => rule));
    for (const rule of [
      'walk-complete',
      'filter-matches',
      'missing-parameter',
      'malformed-body',
      'list-retrieve',
    ]) {
      expect(kept).toContain(rule);
    }
    expect(coverage.every(({ requests }) => requests > 0)).toBe(true);
  });

  test('can be served by the mock', async () => {
    const { code, stdout } = await run(['--spec', await write('garden.yaml', gardenText)]);
    expect(stdout).toMatch(/POST \/plants +✓/);
    expect(code).toBe(0);
  });
});

describe('faults of a document', () => {
  /** The garden with something changed. */
  function changed(change: (document: OpenApiDocument) => void): OpenApiDocument {
    const document = parseOpenApi(gardenText, 'garden.yaml');
    change(document);
    return document;
  }
  // biome-ignore lint/suspicious/noExplicitAny: a document of any form
  type Any = any;

  test.each<[string, (document: Any) => void, string, RegExp]>([
    [
      'an example of an answer',
      (d) => {
        d.components.responses.Problem.content['application/problem+json'].examples.wrong.value.status = 'x';
      },
      '#/components/responses/Problem',
      /\/status: expected integer, found "x"/,
    ],
    [
      'an example of a parameter',
      (d) => {
        d.paths['/plants'].get.parameters[1].example = 100;
      },
      '#/paths/~1plants/get/parameters/1/example',
      /<= 20/,
    ],
    [
      'a default',
      (d) => {
        d.paths['/plants'].get.parameters[1].schema.default = 'five';
      },
      '#/paths/~1plants/get/parameters/1/schema/default',
      /expected integer/,
    ],
    [
      'a schema that cannot be compiled',
      (d) => {
        d.components.schemas.Plant.properties.id.pattern = '(';
      },
      '#/components/schemas/Plant/properties/id',
      /^the schema can't be compiled: Invalid regular expression/,
    ],
    [
      'an unknown type, where no example stands',
      (d) => {
        d.paths['/weather'].get.responses['200'].content['application/json'] = {
          schema: { type: 'object', properties: { days: { type: 'array', items: { type: 'strng' } } } },
        };
      },
      '#/paths/~1weather/get/responses/200/content/application~1json/schema/properties/days/items',
      /^the schema can't be compiled: .*strng/,
    ],
    [
      'an invalid pattern of property names',
      (d) => {
        d.components.schemas.Plant.patternProperties = { '(': { type: 'string' } };
      },
      '#/components/schemas/Plant',
      /^the schema can't be compiled: Invalid regular expression/,
    ],
  ])('%s is told apart from the server', async (_, change, pointer, message) => {
    const document = changed(change);
    const faults = documentFaults(contractOf(document));
    expect(faults.some((fault) => fault.pointer.startsWith(pointer) && message.test(fault.message))).toBe(
      true,
    );
  });

  test('an example of a request needs no field that only answers have, and one of an answer does', () => {
    const change = (d: Any) => {
      d.components.schemas.Plant.properties.id.readOnly = true;
      const media = d.paths['/plants'].post.requestBody.content['application/json'];
      media.schema = { $ref: '#/components/schemas/Plant' };
      media.example = { url: 'https://garden.example.com/v1/plants/plant01' };
      d.paths['/plants'].post.responses['201'].content['application/json'].example = media.example;
    };
    const document = changed(change);
    expect(documentFaults(contractOf(document)).map(({ pointer }) => pointer)).toEqual([
      '#/paths/~1plants/post/responses/201/content/application~1json/example',
    ]);
  });

  test('invalid examples do not make the fake wrong', async () => {
    const document = changed((d) => {
      const plants = d.paths['/plants'];
      if (isObject(plants))
        (plants.get as Any).responses['200'].content['application/json'].examples.some.value[0].colour = 7;
    });
    const { violations, faults } = await checkChanged({ ...garden({}), document });
    expect(violations).toEqual([]);
    expect(faults).toMatchObject([{ pointer: expect.stringContaining('/examples/some/value') }]);
  });

  test('what cannot be compiled is told once, and the rest is held against the server', async () => {
    const fake = garden({});
    const spoil = (d: Any) => {
      d.components.schemas.Plant.properties.id.pattern = '(';
      d.components.schemas.Plant.properties.colour = { type: 'integer' };
    };
    const document = changed(spoil);
    const { violations, faults } = await checkChanged(fake, { contract: contractOf(document) });
    expect(faults.filter(({ message }) => message.includes('compiled'))).toMatchObject([
      { pointer: '#/components/schemas/Plant/properties/id' },
    ]);
    expect(new Set(violations.map(({ rule }) => rule))).toContain('body-schema');
    expect(violations.filter(({ rule }) => rule === 'body-schema')).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '#/components/schemas/Plant/properties/colour/type' }),
      ]),
    );
  });

  test.each([
    [
      'a type',
      'required: [sunny], properties: { sunny: { type: boolean }',
      'properties: { sunny: { type: bool }',
    ],
    ['a pattern', "id: { type: string, pattern: '^plant\\d\\d$' }", "id: { type: string, pattern: '(' }"],
    [
      'a pattern of names',
      "properties:\n        id: { type: string, pattern: '^plant\\d\\d$' }",
      "patternProperties: { '(': {} }\n      properties:",
    ],
  ])('an invalid %s does not end the run', async (_, right, wrong) => {
    expect(gardenText).toContain(right);
    const file = await write('uncompiled.yaml', gardenText.replace(right, wrong));
    const mock = await mockTarget(await loadContract(await write('garden.yaml', gardenText)));
    const { code, stdout, stderr } = await run([
      ...['--spec', file, '--target', 'mock', '--base-url', mock.baseUrl],
    ]).finally(mock.stop);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/! 1 fault of the document itself[\s\S]*the schema can't be\s+compiled/);
    expect(stdout).not.toContain('✗');
    expect(code).toBe(0);
  });

  test('they are shown in their own place', async () => {
    const file = await write(
      'faulty.yaml',
      gardenText.replaceAll('value: { title: Wrong }', 'value: { title: Wrong, status: x }'),
    );
    const { code, stdout } = await run(['--spec', file]);
    expect(stdout).toMatch(
      /! \d faults? of the document itself, whichever server answers\n +\/status: expected integer/,
    );
    // The mock serves the example, so that it answers wrongly too.
    expect(stdout).toContain('✗ body-schema');
    expect(code).toBe(1);
  });

  test('what cannot be read ends the run with its place', async () => {
    const file = await write(
      'dangling.yaml',
      gardenText.replace("$ref: '#/components/responses/Problem'", "$ref: '#/components/responses/None'"),
    );
    const { code, stderr } = await run(['--spec', file]);
    expect(stderr).toMatch(/#\/components\/responses\/None' doesn't resolve[\s\S]*#\/paths/);
    expect(code).toBe(2);
  });
});
