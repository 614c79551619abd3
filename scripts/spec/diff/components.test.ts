import { describe, expect, it } from 'vitest';
import type { OpenApiDocument } from '../../../src/document/index.js';
import { compareDocuments } from './compare-documents.js';
import type { Change, Impact } from './types.js';

describe('spec diff of components', async () => {
  const token = { name: 'token', in: 'query', required: true, schema: { type: 'string' } };
  const tea = { description: 'Tea.', headers: { Leaf: { required: true, schema: { type: 'string' } } } };
  const sent = { required: true, content: { 'application/json': { schema: { type: 'object' } } } };
  const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });
  const operation = (parameters: object[], responses: object, more: object = {}) => ({
    operationId: 'requestBody' in more ? 'create-cup' : 'get-things',
    security: [],
    parameters,
    responses: { '200': { description: 'Fine.' }, ...responses },
    ...more,
  });
  const documentOf = (paths: object, components: object): OpenApiDocument => ({
    openapi: '3.1.0',
    info: { title: 'Components', version: '1' },
    paths: paths as OpenApiDocument['paths'],
    components,
  });
  const parts = {
    parameters: { Token: token },
    responses: { Tea: tea },
    requestBodies: { Sent: sent },
    headers: { Leaf: tea.headers.Leaf },
    schemas: { Cup: { type: 'object' } },
  };
  const former = { get: operation([], {}) };
  const user = {
    post: operation(
      [ref('parameters', 'Token')],
      { '202': ref('responses', 'Tea') },
      { requestBody: ref('requestBodies', 'Sent') },
    ),
  };
  const before = documentOf({ '/things': former }, {});
  const withNew = documentOf({ '/things': former, '/cups': user }, parts);
  const messages = (changes: readonly Change[], impact: Impact) =>
    changes.filter((change) => change.impact === impact).map((change) => change.message);

  it('components that only new operations use break nobody, and each is told for what it is', async () => {
    const changes = await compareDocuments(before, withNew);
    expect(messages(changes, 'breaking')).toEqual([]);
    expect(messages(changes, 'compatible').sort()).toEqual([
      'New method cups.create(): POST /cups',
      'Schema Cup added',
    ]);
  });

  it('a component that an existing operation newly refers to is rated at that operation', async () => {
    const after = documentOf({ '/things': { get: operation([ref('parameters', 'Token')], {}) } }, parts);
    const changes = await compareDocuments(before, after);
    expect(messages(changes, 'breaking')).toEqual(['GET /things › parameter token added']);
    expect(changes[0]?.methods).toEqual(['things.retrieve']);
  });

  it('a component may be renamed, or written out where it is used', async () => {
    const renamed = structuredClone(withNew);
    const paths = renamed.paths as unknown as { '/cups': typeof user };
    paths['/cups'].post = operation(
      [ref('parameters', 'Ticket')],
      { '202': tea },
      { requestBody: ref('requestBodies', 'Sent') },
    );
    renamed.components = { ...parts, parameters: { Ticket: token }, responses: {} };
    expect(messages(await compareDocuments(withNew, renamed), 'breaking')).toEqual([]);
  });

  it('a change in a component that no existing operation used breaks nobody', async () => {
    const unused = documentOf(
      { '/things': former },
      { ...parts, parameters: { Token: { ...token, required: false } } },
    );
    expect(messages(await compareDocuments(unused, withNew), 'breaking')).toEqual([]);
    const used = structuredClone(unused);
    used.paths['/cups'] = user;
    expect(messages(await compareDocuments(used, withNew), 'breaking')).toEqual([
      'Parameter Token: required false → true',
    ]);
  });

  it('a schema that is removed breaks whoever imports its type', async () => {
    expect(
      messages(
        await compareDocuments(
          withNew,
          documentOf({ '/things': former, '/cups': user }, { ...parts, schemas: {} }),
        ),
        'breaking',
      ),
    ).toEqual(['Schema Cup removed']);
  });
});
