import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BuiltClient } from '../../contract-tests/fixtures/built-client.js';
import { serve } from '../test/http-server.js';

/** A bakery, with one of each kind that generated code must handle. */
const DOCUMENT = parse(`
openapi: 3.1.0
info: { title: Bakery, version: '1.0' }
servers: [{ url: '{scheme}://bakery.example/v1', variables: { scheme: { default: https, enum: [https, http] } } }]
security: []
paths:
  /:
    get: { operationId: get-root, responses: { '200': { description: It., content: { application/json: { schema: { type: object } } } } } }
  /crumbs:
    get:
      operationId: get-crumbs
      responses:
        '200': { description: Of a loaf., content: { application/json: { schema: { $ref: '#/paths/~1loaves~1{id}/patch/requestBody/content/application~1json/schema' } } } }
  /waitlist:
    post: { operationId: wait, responses: { '204': { description: Done. } } }
  /recipes/hasOwnProperty:
    post:
      operationId: hasOwnProperty
      parameters: [{ name: valueOf, in: query, schema: { type: boolean } }]
      requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { grams: { type: integer }, steps: { $ref: '#/components/schemas/Steps' } } } } } }
      responses: { '200': { description: Its steps., content: { application/json: { schema: { $ref: '#/components/schemas/Steps' } } } } }
  /constructor/{id}:
    get:
      operationId: get-constructor
      description: Words such as models, rows, Query and Blob are of no use here.
      parameters: [{ $ref: '#/components/parameters/Id' }]
      responses: { '204': { description: Done. } }
  /models:
    get:
      operationId: get-models
      parameters:
        - { name: expand, in: query, schema: { type: array, items: { enum: [rows] } } }
        - { name: rows, in: query, schema: { type: integer } }
        - { name: rows, in: header, schema: { type: string } }
      responses: { '204': { description: Done. } }
  /loaves:
    get:
      operationId: get-loaves
      parameters:
        - { name: baked__gte, in: query, schema: { type: string, format: date-time } }
        - { name: days, in: query, schema: { type: array, items: { type: string, format: date } } }
      responses:
        '200': { description: All., content: { application/json: { schema: { type: array, items: { type: object, properties: { grain: { enum: [rye, wheat] }, id: { type: string, readOnly: true } } } } } } }
    post:
      operationId: post-loaf
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Loaf' } } } }
      responses:
        '201': { description: It., content: { application/json: { schema: { type: object, required: [id, loaf], properties: { id: { type: string, readOnly: true }, loaf: { $ref: '#/components/schemas/Loaf' } } } } } }
  /loaves/{id}:
    patch:
      operationId: patch-loaf
      parameters:
        - { $ref: '#/components/parameters/Id' }
        - { name: expand, in: query, schema: { type: array, items: { enum: [baker] } } }
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string }, sold_on: { type: [string, 'null'], format: date } } } } } }
      responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Loaf' } } } } }
  /bakers:
    post:
      operationId: post-baker
      requestBody:
        content:
          multipart/form-data: { schema: { $ref: '#/components/schemas/Baker' } }
          application/json: { schema: { $ref: '#/components/schemas/Baker' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Baker' } }
      responses: { '204': { description: Done. } }
  /photos:
    post:
      operationId: post-photo
      requestBody:
        required: true
        content:
          application/json: { schema: { type: object, required: [url], properties: { url: { type: string } } } }
          multipart/form-data: { schema: { type: object, required: [photo], properties: { photo: { type: string, format: binary } } } }
          application/x-www-form-urlencoded: { schema: { type: object, required: [caption], properties: { caption: { type: string } } } }
          text/plain: { schema: { type: string } }
      responses: { '204': { description: Done. } }
components:
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string } }
  schemas:
    string: { type: object, properties: { crumb: { type: string }, hasOwnProperty: { type: string }, valueOf: { type: integer } } }
    Step: { anyOf: [{ type: string, readOnly: true }, { $ref: '#/components/schemas/Steps' }, { type: object, additionalProperties: { $ref: '#/components/schemas/Step' } }] }
    Steps: { type: array, items: { $ref: '#/components/schemas/Step' } }
    valueOf: { type: [integer, array], items: { $ref: '#/components/schemas/valueOf' } }
    Staff: { oneOf: [{ $ref: '#/components/schemas/Baker' }], discriminator: { propertyName: role, mapping: { baker: Baker, none: Nobody } } }
    Van: { type: object, required: [kind], properties: { kind: { type: string, enum: [van] }, plate: { type: string } } }
    Bike: { type: object, required: [kind], properties: { kind: { const: bike } } }
    Delivery: { oneOf: [{ $ref: '#/components/schemas/Van' }, { $ref: '#/components/schemas/Bike' }], discriminator: { propertyName: kind } }
    Baker: { type: object, required: [id], properties: { id: { type: string, readOnly: true }, name: { type: string } } }
    Loaf:
      type: object
      required: [id, name, baker]
      properties:
        id: { type: string, readOnly: true }
        secret: { type: string, writeOnly: true }
        name: { type: string }
        kind: { const: loaf }
        grain: { type: [string, 'null'], enum: [rye, wheat, null] }
        baked_at: { type: string, format: date-time }
        shelf: { type: object, properties: { until: { type: string, format: date } } }
        sold: { type: object, additionalProperties: { type: string, format: date } }
        checks: { type: object, additionalProperties: { type: object, properties: { at: { type: string, format: date-time } } } }
        baker: { oneOf: [{ type: string, format: uri }, { $ref: '#/components/schemas/Baker' }] }
`);

const USAGE = `
import { EvEnergy } from './index.js';
import type { components } from '../generated/schema.js';
declare const ev: EvEnergy;
declare const inherited: components['schemas']['string'];
declare const delivery: components['schemas']['Delivery'];

export async function methods(): Promise<void> {
  await ev.root.retrieve();
  await ev.waitlist();
  await ev.constructor_.retrieve('a');
  const [step] = await ev.recipes.hasOwnProperty_({ grams: 5, steps: ['knead', ['rest', 'bake']] });
  if (typeof step === 'string') step.toUpperCase();
  // @ts-expect-error a number is no step
  await ev.recipes.hasOwnProperty_({ steps: ['knead', [5]] });
  inherited.hasOwnProperty satisfies string | undefined;
  inherited.valueOf satisfies number | undefined;
  if (delivery.kind === 'van') delivery.plate satisfies string | undefined;
  (await ev.crumbs.retrieve()).name satisfies string | undefined;
}

export async function answers(): Promise<void> {
  const made = await ev.loaves.create({ name: 'Rye', baker: 'https://bakery.example/v1/bakers/a' });
  made.id.toUpperCase();
  made.loaf.id.toUpperCase();
  // @ts-expect-error only requests carry it
  made.loaf.secret;
  for await (const loaf of ev.loaves.list()) {
    loaf.id?.toUpperCase();
    loaf.grain satisfies string | undefined;
    if (loaf.grain === 'rye' || loaf.grain === 'spelt') loaf.grain.toUpperCase();
    // @ts-expect-error there may be grains that the document doesn't know yet
    loaf.grain satisfies 'rye' | 'wheat' | undefined;
  }
  const loaf = await ev.loaves.update('a');
  loaf.kind satisfies 'loaf' | undefined;
  loaf.grain satisfies string | null | undefined;
  loaf.baker satisfies string;
  const changed = await ev.loaves.update('a', { name: 'Rye' }, { expand: ['baker'] });
  changed.baker.name satisfies string | undefined;
  const expanded = await ev.loaves.update('a', undefined, { expand: ['baker'] });
  expanded.baker.id.toUpperCase();
}

export async function requests(): Promise<void> {
  const baker = 'https://bakery.example/v1/bakers/a';
  const until = new Date();
  await ev.loaves.create({ name: 'Rye', baker, grain: 'rye', baked_at: until, shelf: { until } });
  await ev.loaves.create({ name: 'Rye', baker, secret: 'yeast', baked_at: '2026-01-05T06:00:00Z' });
  // @ts-expect-error no such grain can be asked for
  await ev.loaves.create({ name: 'Rye', baker, grain: 'spelt' });
  // @ts-expect-error only answers carry it
  await ev.loaves.create({ name: 'Rye', baker, id: 'a' });
  await ev.loaves.create({ name: 'Rye', baker, sold: { ada: until, bob: '2026-01-05' }, checks: { ada: { at: until } } });
  // @ts-expect-error a number is no day
  await ev.loaves.create({ name: 'Rye', baker, sold: { ada: 5 } });
  // @ts-expect-error a name is no moment
  await ev.loaves.create({ name: until, baker });
  // @ts-expect-error what the schema requires can't be left out with the body
  await ev.loaves.create();
  await ev.loaves.update('a', { sold_on: until });
  await ev.loaves.update('a', { sold_on: null });
  await ev.loaves.list({ baked__gte: until, days: ['2026-01-05', until] }).toArray();
  await ev.api.POST('/loaves', { body: { name: 'Rye', baker, grain: 'rye' } });
}

export async function bodiesByMediaType(): Promise<void> {
  await ev.photos.create({ url: 'https://bakery.example/a.jpg' });
  await ev.photos.create({ url: 'https://bakery.example/a.jpg' }, {}, { contentType: 'application/json' });
  await ev.photos.create({ caption: 'Rye' }, undefined, { contentType: 'application/x-www-form-urlencoded' });
  await ev.photos.create({ photo: new Blob() }, {}, { contentType: 'multipart/form-data' });
  await ev.photos.create({ photo: 'Rye' }, {}, { contentType: 'multipart/form-data' });
  await ev.photos.create('Rye', {}, { contentType: 'text/plain' });
  await ev.photos.create(new FormData());
  // @ts-expect-error what is sent as JSON has a URL
  await ev.photos.create({ caption: 'Rye' });
  // @ts-expect-error a form has a caption
  await ev.photos.create({ url: 'https://bakery.example/a.jpg' }, {}, { contentType: 'application/x-www-form-urlencoded' });
  // @ts-expect-error a form has no such field
  await ev.photos.create({ phto: new Blob() }, {}, { contentType: 'multipart/form-data' });
  // @ts-expect-error text is text
  await ev.photos.create({ caption: 'Rye' }, {}, { contentType: 'text/plain' });
}

export async function mediaTypes(): Promise<void> {
  await ev.bakers.create();
  await ev.bakers.create({ role: 'baker', name: 'Ada' });
  await ev.bakers.create({ role: 'baker', name: 'Ada' }, {}, { contentType: 'multipart/form-data' });
  await ev.bakers.create(new FormData());
  await ev.bakers.create({ role: 'baker', name: new Blob() }, {}, { contentType: 'multipart/form-data' });
  // @ts-expect-error no media type has such a member
  await ev.bakers.create({ role: 'baker', nme: 'Ada' });
  // @ts-expect-error the operation doesn't take it
  await ev.bakers.create({ role: 'baker', name: 'Ada' }, {}, { contentType: 'text/plain' });
  // @ts-expect-error there is nothing to choose
  await ev.loaves.update('a', {}, {}, { contentType: 'application/json' });
}
`;

let client: BuiltClient;
beforeAll(async () => {
  client = await BuiltClient.of(DOCUMENT);
}, 120_000);
afterAll(() => client?.remove());

describe('a client of a document with one of each kind', () => {
  it('compiles strictly, and has the types that its callers count on', () => {
    expect(client.typeErrors(USAGE)).toEqual([]);
  }, 120_000);

  it('writes dates and bodies as the document has them', async () => {
    const server = await serve(({ path }) => (path === '/loaves' ? { body: [] } : { status: 204 }));
    const { EvEnergy } = await client.load();
    const ev = new EvEnergy({ baseUrl: server.url, auth: null });
    const at = new Date('2026-01-05T06:30:00.000Z');
    await ev.loaves.create({ name: 'Rye', baked_at: at, shelf: { until: at }, sold: { ada: at } });
    await ev.loaves.list({ baked__gte: at, days: [at, '2026-01-06'] }).toArray();
    await ev.bakers.create({ name: 'Ada' });
    await ev.bakers.create({ name: 'Ada' }, undefined, { contentType: 'application/x-www-form-urlencoded' });
    await expect(ev.bakers.create({}, undefined, { contentType: 'text/plain' })).rejects.toThrow(
      "contentType: 'text/plain' is not one of application/json, multipart/form-data, application/x-www-form-urlencoded",
    );
    await expect(ev.loaves.create({ name: 'Rye', baked_at: new Date('never') })).rejects.toThrow(
      "body: can't be written as JSON: baked_at is an invalid date",
    );
    expect(server.requests.map(({ body }) => body)).toEqual([
      '{"name":"Rye","baked_at":"2026-01-05T06:30:00.000Z","shelf":{"until":"2026-01-05"},"sold":{"ada":"2026-01-05"}}',
      '',
      '{"name":"Ada"}',
      'name=Ada',
    ]);
    expect(server.requests[0]?.headers).not.toHaveProperty('evenergy-version');
    expect(server.requests[1]?.query.getAll('days')).toEqual(['2026-01-05', '2026-01-06']);
    expect(server.requests[1]?.query.get('baked__gte')).toBe('2026-01-05T06:30:00.000Z');
    expect(server.requests[3]?.headers['content-type']).toContain('application/x-www-form-urlencoded');
  });
});
