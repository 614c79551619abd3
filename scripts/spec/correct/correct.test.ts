import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isObject,
  loadDocument,
  lookup,
  type OpenApiDocument,
  readOperations,
  readScopes,
} from '../../../src/document/index.js';
import { ROOT } from '../../root.js';
import { compareDocuments } from '../diff/compare-documents.js';
import { lint } from '../lint.js';
import { LINT_RULES, OVERLAY } from '../places.js';
import { correct } from './correct.js';
import { dropExamples } from './examples.js';
import { type Overlay, readOverlay } from './overlay.js';

const published = await loadDocument(new URL('../fixtures/published.yaml', import.meta.url));
const overlay: Overlay = await readOverlay(join(ROOT, OVERLAY));
const corrected = await correct(published, overlay);
const { document } = corrected;

const operation = (id: string) => readOperations(document).find((candidate) => candidate.id === id);
const parameter = (id: string, name: string) => operation(id)?.parameters.find((p) => p.name === name);
const at = (pointer: string, where: OpenApiDocument = document) => lookup(where, pointer);
const SCHEMAS = '#/components/schemas';
const CURSOR = { type: 'string', pattern: '^[a-z]{4}[A-Z\\d]{26}$' };
const LOG_CURSOR = { type: 'string', anyOf: [{ format: 'date-time' }, { pattern: '[a-z]{4}[A-Z\\d]{26}' }] };

describe('the correction of cursors', () => {
  it('says of each which way it leads', () => {
    expect(parameter('get-sockets', 'page_after')?.description).toMatch(/later page/);
    expect(parameter('get-sockets', 'page_before')?.description).toMatch(/earlier page/);
    expect(parameter('get-commands', 'page_after')?.description).toMatch(/later page/);
  });

  it('makes those of log collections timestamps, or the ids that the reference page has there', () => {
    for (const name of ['page_after', 'page_before']) {
      const cursor = parameter('get-sockets-socket_id-readings', name);
      expect(cursor?.schema).toEqual(LOG_CURSOR);
      expect(cursor?.examples[0]?.value).toMatch(/^2024-/);
    }
    expect(parameter('get-commands', 'page_after')?.schema).toEqual(LOG_CURSOR);
  });

  it('leaves those of other collections ids, also where the definition is shared', () => {
    for (const name of ['page_after', 'page_before'])
      expect(parameter('get-sockets', name)?.schema).toEqual(CURSOR);
    expect(parameter('get-sockets', 'page_after')?.examples).toEqual([]);
  });
});

describe('the overlay, where OpenAPI cannot say it,', () => {
  it('names key and order of the collections', () => {
    expect(operation('get-sockets')?.collection).toEqual({ key: 'id', order: 'ascending' });
    expect(operation('get-commands')?.collection).toEqual({ key: 'logged_at', order: 'descending' });
    const readings = operation('get-sockets-socket_id-readings')?.collection;
    expect(readings).toEqual({ key: 'sampled_at', order: 'descending' });
  });

  it('names what the user header changes', () => {
    expect(operation('get-sockets')?.headerEffects).toEqual({ 'EvEnergy-User': ['onboarding_url'] });
    expect(operation('get-commands')?.headerEffects).toEqual({});
  });

  it('tells which operations are about the user who asks', () => {
    expect(operation('get-commands')?.needsUser).toBe(true);
    expect(operation('get-sockets')?.needsUser).toBe(false);
  });
});

it('the overlay tightens what a server may answer in these places alone', () => {
  const TIGHT =
    /^(required|pattern|format|enum|const|not|(min|max)[A-Z]\w*|minimum|maximum|exclusive\w*|multipleOf|uniqueItems)$/;
  const tightened = (part: unknown): string[] =>
    isObject(part)
      ? Object.entries(part).flatMap(([key, value]) => [
          ...(TIGHT.test(key) && !isObject(value) ? [`${key}: ${JSON.stringify(value)}`] : []),
          ...tightened(value),
        ])
      : Array.isArray(part)
        ? part.flatMap(tightened)
        : [];
  const found = overlay.actions.flatMap(({ target, change }) => {
    const keywords = change.kind === 'update' ? tightened(change.value) : [];
    return keywords.length > 0
      ? [`${target.replaceAll(/\s+/g, ' ').slice(-60)} → ${keywords.join(', ')}`]
      : [];
  });
  expect(found).toEqual([
    expect.stringMatching(/'page_before'\) && !@\.schema\] → format: "date-time", pattern: /),
    expect.stringMatching(/'X-RateLimit-Remaining', 'Retry-After'\] → required: true$/),
    expect.stringMatching(/headers\.Link → required: true$/),
    expect.stringMatching(/'Retry-After'\]\]\['429'\] → required: true, minimum: 0$/),
    expect.stringMatching(/!@\.properties\.models\] → format: "uri"$/),
    expect.stringMatching(/!@\.properties\.field_errors\] → format: "uri", format: "uri"$/),
    expect.stringMatching(/properties\.instance → format: "uri-reference"$/),
    expect.stringMatching(/properties\.instance → format: "uri-reference"$/),
  ]);
});

describe('the correction of headers', () => {
  const headers = (id: string, status: string) =>
    operation(id)?.responses.find((response) => response.status === status)?.headers;

  it('drops RetryAfter, on a 2xx and on a shared response', () => {
    for (const { responses } of readOperations(document)) {
      expect(responses.flatMap((response) => response.headers.map((header) => header.name))).not.toContain(
        'RetryAfter',
      );
    }
  });

  it('gives each 429 its Retry-After, in the shared response once', () => {
    for (const { id } of readOperations(document)) {
      expect(headers(id, '429')).toMatchObject([
        { name: 'Retry-After', required: true, schema: { type: 'integer' } },
      ]);
    }
    expect(at('#/paths/~1sockets/get/responses/429')).toEqual({ $ref: '#/components/responses/TooMany' });
  });

  it('lets a walk through a mock end', () => {
    for (const id of ['get-sockets', 'get-sockets-socket_id-readings']) {
      const link = headers(id, '200')?.find((header) => header.name === 'Link');
      expect(link?.examples.map((example) => example.value)).toEqual([
        '<about:blank>; rel="previous", <about:blank>; rel="next"',
      ]);
    }
  });
});

describe('the correction of schemas', () => {
  it('puts field_errors into the problem, shared or written out', () => {
    const member = { properties: { field_errors: { additionalProperties: { type: 'array' } } } };
    expect(at(`${SCHEMAS}/Fault`)).toMatchObject(member);
    const inline =
      '#/paths/~1sockets~1{socket_id}~1readings/get/responses/400/content/application~1problem+json/schema';
    expect(at(inline)).toMatchObject(member);
  });

  it('writes nullable as 3.1 does', () => {
    const { properties } = at(`${SCHEMAS}/Socket`) as { properties: Record<string, unknown> };
    expect(properties.onboarding_url).toEqual({ type: ['string', 'null'], format: 'uri' });
    expect(properties.state).toEqual({ type: ['string', 'null'], enum: ['ON', 'OFF', null] });
    expect(properties.owner).toEqual({
      anyOf: [{ allOf: [{ $ref: '#/components/schemas/Person' }] }, { type: 'null' }],
    });
    expect(properties.photo).toMatchObject({ oneOf: [{ format: 'uri' }, {}, { type: 'null' }] });
    expect(properties.size).toEqual({ type: 'integer' });
    const { socket } = (at(`${SCHEMAS}/Reading`) as { properties: Record<string, unknown> }).properties;
    expect(socket).toEqual({ anyOf: [{ $ref: '#/components/schemas/Socket' }, { type: 'null' }] });
  });

  it('adds the null that a type allows to its enum', async () => {
    const schema = (type: unknown) => ({ type, enum: ['rye'] });
    const schemas = { A: schema(['string', 'null']), B: schema('string') };
    const source = { ...published, components: { schemas } } as OpenApiDocument;
    const { corrections, document: now } = await correct(source, { actions: [] });
    expect(at(`${SCHEMAS}/A/enum`, now)).toEqual(['rye', null]);
    expect(at(`${SCHEMAS}/B/enum`, now)).toEqual(['rye']);
    const told = corrections.filter(({ rule }) => rule === 'enum');
    expect(told.map(({ pointer }) => pointer)).toEqual([`${SCHEMAS}/A`]);
  });

  it('describes a renamed field under its former name, too', () => {
    const { properties, required } = at(`${SCHEMAS}/Socket`) as {
      properties: Record<string, unknown>;
      required: string[];
    };
    expect(properties.models).toMatchObject({ type: 'string', format: 'uri' });
    expect(properties).toHaveProperty('evse_models');
    expect(required).toEqual(['id']);
  });

  it('leaves a field alone that is only named nullable', () => {
    expect(at(`${SCHEMAS}/Person`)).toEqual(at(`${SCHEMAS}/Person`, published));
  });

  it('drops bounds of arrays that make a mock explode', () => {
    const text = JSON.stringify(document);
    expect(JSON.stringify(published)).toMatch(/"maxItems":25000.*"minItems":25/);
    expect(text).not.toMatch(/"(min|max)Items":/);
  });
});

describe('the correction of security', () => {
  it('defines the scheme, and names it where another, undefined one is named', () => {
    expect(at('#/components/securitySchemes/oauth2')).toMatchObject({ type: 'oauth2' });
    expect(operation('get-sockets-socket_id-readings')?.scopes).toEqual(['socket:read']);
    expect(document.security).toEqual([{ oauth2: [] }]);
    expect(operation('get-sockets')?.public).toBe(true);
  });

  it('declares each scope that an operation asks for', async () => {
    const asking = structuredClone(document);
    asking.security = [{ oauth2: ['socket:repair'] }];
    const { document: declared, corrections } = await correct(asking, { ...overlay, actions: [] });
    expect(readScopes(document)).not.toContain('socket:repair');
    expect(readScopes(declared)).toEqual([...readScopes(document), 'socket:repair']);
    expect(corrections).toMatchObject([{ rule: 'scope', detail: "'socket:repair' declared in 'oauth2'" }]);
  });
});

describe('the correction of examples', () => {
  const media = (id: string) =>
    operation(id)?.responses[0]?.content[0]?.examples.map((example) => example.name);

  it('drops those that their schema refuses and keeps the others', () => {
    expect(media('get-sockets')).toEqual([]);
    expect(media('get-sockets-socket_id-readings')).toEqual(['good']);
    expect(at(`${SCHEMAS}/Socket/properties/name`)).toEqual({ type: ['string', 'null'] });
  });

  it('drops those of a schema that it refuses, one by one', async () => {
    const Loaf = { type: 'object', properties: { id: { type: 'string' }, examples: { type: 'string' } } };
    const examples = [{ id: 1 }, { id: 'a' }, { id: 2 }];
    const schemas = { Loaf: { ...Loaf, examples }, Bread: { ...Loaf, examples: [{ examples: 1 }] } };
    const source = { ...published, paths: {}, components: { schemas } } as OpenApiDocument;
    const { corrections, document: now } = await correct(source, { actions: [] });
    expect(at(`${SCHEMAS}/Loaf/examples`, now)).toEqual([{ id: 'a' }]);
    expect(at(`${SCHEMAS}/Bread`, now)).toEqual(Loaf);
    expect(corrections.filter(({ rule }) => rule === 'example').map(({ pointer }) => pointer)).toEqual([
      `${SCHEMAS}/Loaf/examples/0`,
      `${SCHEMAS}/Loaf/examples/2`,
      `${SCHEMAS}/Bread/examples/0`,
    ]);
  });

  it('drops what refers to an example that is gone', () => {
    const media = (ref: string) => ({
      content: { 'text/plain': { schema: {}, examples: { one: { $ref: ref } } } },
    });
    const ref = '#/components/examples/Rye';
    const source = {
      ...published,
      paths: {},
      components: {
        examples: { Rye: { value: 1 }, Oat: { value: 2 } },
        responses: { A: media(ref), B: media('#/components/examples/Oat') },
      },
    } as OpenApiDocument;
    expect(dropExamples(source, [{ pointer: `${ref}/value`, reason: 'none' }])).toHaveLength(1);
    expect(source.components).toEqual({
      examples: { Oat: { value: 2 } },
      responses: { A: { content: { 'text/plain': { schema: {} } } }, B: media('#/components/examples/Oat') },
    });
  });

  it('leaves out those in other files, which nothing fetches then', async () => {
    const far = { externalValue: 'http://127.0.0.1:9/loaf.json' };
    const Far = { $ref: '#/components/examples/Far' };
    const properties = { externalValue: { type: 'string' } };
    const media = (examples: object) => ({ schema: { type: 'object', properties }, ...examples });
    const content = (examples: object) => ({
      A: { description: 'It.', content: { 'application/json': media(examples) } },
    });
    const near = { value: { externalValue: 'a' } };
    const source = {
      ...published,
      paths: {},
      components: { examples: { Far: far }, responses: content({ examples: { far, Far, near } }) },
    } as OpenApiDocument;
    const { corrections, document: now } = await correct(source, { actions: [] });
    expect(now.components).toEqual({ responses: content({ examples: { near } }) });
    expect(corrections.filter(({ rule }) => rule === 'left out')).toHaveLength(2);
  });

  it('tells which it dropped and why', () => {
    const told = corrected.corrections.filter((correction) => correction.rule === 'example');
    expect(told.map((correction) => correction.detail)).toEqual([
      expect.stringContaining('it/0/id must be string'),
      expect.stringContaining('it/0/sampled_at must match format "date-time"'),
      expect.stringContaining('it must be string'),
    ]);
  });
});

describe('a corrected document', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ev-energy-correct-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has no lint errors, which the published one has', async () => {
    const errors = async (text: string) => {
      const file = join(folder, 'document.yaml');
      await writeFile(file, text);
      return (await lint(file, join(ROOT, LINT_RULES))).filter((problem) => problem.severity === 'error');
    };
    expect(await errors(corrected.text)).toEqual([]);
    expect((await errors(JSON.stringify(published))).map((problem) => problem.rule)).toEqual(
      expect.arrayContaining(['no-invalid-media-type-examples']),
    );
  });

  it('comes from every action of the overlay but those for what the miniature lacks', () => {
    const unused = corrected.actions.filter((action) => action.count === 0).map((action) => action.target);
    expect(unused).toEqual([
      "$.paths.*[?@['x-internal'] == true]",
      expect.stringMatching(/^\$\.paths\[\?!@\.get /),
      "$..['x-internal', 'x-stoplight', 'x-tags', 'x-redocly', 'x-examples']",
      '$.paths.*.get.requestBody',
      expect.stringMatching(/alphabetically by name/),
      expect.stringMatching(/ordered by start time/),
      expect.stringMatching(/ordered by position/),
      expect.stringMatching(/'response_type'.*'trim_id'/),
      expect.stringMatching(/'response_type'/),
      expect.stringMatching(/'postal_code'/),
      expect.stringMatching(/'x-excludes'/),
      '$.components.responses.*.headers.RetryAfter',
      expect.stringMatching(/'X-RateLimit-Limit'/),
      expect.stringMatching(/components\.schemas\.Notification/),
      '$.components.schemas[?@.properties.title && @.properties.detail].properties.instance',
      "$.components.securitySchemes[?@.type == 'oauth2' && !@['x-revocation-url']]",
      expect.stringMatching(/'x-max-body-bytes'/),
      expect.stringMatching(/'x-upload'/),
    ]);
  });

  it('promises of a server nothing beyond the published one, but for what is listed here', async () => {
    // What the published document allows and the corrected one refuses, or no longer has.
    const changes = await compareDocuments(document, published);
    const breaking = changes.filter(({ impact }) => impact === 'breaking');
    expect(breaking.map(({ message }) => message).sort()).toEqual([
      'Fault.field_errors removed',
      'GET /commands › parameter page_after: no longer allows string (date-time)',
      'GET /commands › parameter page_after: pattern "[a-z]{4}[A-Z\\\\d]{26}" → "^[a-z]{4}[A-Z\\\\d]{26}$"',
      'GET /commands › responses.429.headers.Retry-After removed',
      'GET /sockets/{socket_id}/readings › parameter page_after: no longer allows string (date-time)',
      'GET /sockets/{socket_id}/readings › parameter page_after: pattern "[a-z]{4}[A-Z\\\\d]{26}" → "^[a-z]{4}[A-Z\\\\d]{26}$"',
      'GET /sockets/{socket_id}/readings › parameter page_before: no longer allows string (date-time)',
      'GET /sockets/{socket_id}/readings › parameter page_before: pattern "[a-z]{4}[A-Z\\\\d]{26}" → "^[a-z]{4}[A-Z\\\\d]{26}$"',
      'GET /sockets/{socket_id}/readings › responses.200.headers.Link: required true → false',
      'GET /sockets/{socket_id}/readings › responses.400.application/problem+json.field_errors removed',
      'GET /sockets/{socket_id}/readings › responses.400.application/problem+json.instance removed',
      'GET /sockets/{socket_id}/readings › responses.400.application/problem+json.type removed',
      'Header links: required true → false',
      'Response TooMany.headers.Retry-After removed',
      'Security scheme oauth2 removed',
      'Socket.models removed',
    ]);
  });

  it('is left as it is by a second correction', async () => {
    const again = await correct(document, overlay);
    expect(again.text).toBe(corrected.text);
    expect(again.corrections).toEqual([]);
  });
});
