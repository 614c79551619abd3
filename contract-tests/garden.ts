import { parseOpenApi } from '../src/document/index.js';
import type { Dataset, Resource } from '../src/testing/index.js';
import type { Change } from './kit.js';

/**
 * Another document of the same conventions: page numbers, filters by field and by reference, writing, no Link header.
 */
export const gardenText = `
openapi: 3.1.0
info: { title: Garden, version: '1.0' }
servers: [{ url: https://garden.example.com/v1 }]
paths:
  /plants:
    get:
      operationId: get-plants
      security: []
      parameters:
        - { name: page, in: query, schema: { type: integer, minimum: 1 }, example: 1 }
        - { name: page_size, in: query, schema: { type: integer, minimum: 1, maximum: 20, default: 5 }, example: 5 }
        - { name: colour, in: query, schema: { type: string, enum: [red, blue, white] }, example: red }
        - { name: bed_id, in: query, schema: { type: string, pattern: '^bed\\d+$' }, example: bed1 }
        - { name: user_id, in: query, schema: { type: string }, example: gard01 }
        - { name: Garden-User, in: header, schema: { type: string, pattern: '^gard\\d\\d$' }, example: gard01 }
        - { name: colour__in, in: query, schema: { type: string }, example: 'red,blue' }
        - { name: planted__gt, in: query, schema: { type: string, format: date-time }, example: '2026-03-04T08:00:00Z' }
        - { name: is_bulb, in: query, schema: { type: boolean }, example: true }
        - { name: sort, in: query, schema: { type: string, enum: [name, '-name', planted, '-planted'] } }
        - { name: planted__gte, in: query, schema: { type: string, format: date-time }, example: '2026-03-01T00:00:00Z' }
        - { name: planted__lte, in: query, schema: { type: string, format: date-time }, example: '2026-04-01T00:00:00Z' }
        - { name: name__isnull, in: query, schema: { type: boolean } }
        - { name: planted__range, in: query, schema: { type: string } }
      responses:
        '200':
          description: Plants.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Plant' } }
              examples:
                some: { value: [{ id: plant01, url: 'https://garden.example.com/v1/plants/plant01', colour: red }] }
        '400': { $ref: '#/components/responses/Problem' }
        '403': { $ref: '#/components/responses/Problem' }
    post:
      operationId: post-plants
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name, colour]
              properties: { name: { type: string }, colour: { type: string, enum: [red, blue, white] } }
      responses:
        '201':
          description: The plant.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Plant' }
              example: { id: plant01, url: 'https://garden.example.com/v1/plants/plant01', colour: red }
        '400': { $ref: '#/components/responses/Problem' }
  /plants/{plant_id}:
    parameters:
      - { name: plant_id, in: path, required: true, schema: { type: string, pattern: '^plant\\d\\d$' }, example: plant01 }
    get:
      operationId: get-plants-plant_id
      security: []
      responses:
        '200':
          description: The plant.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Plant' }
              example: { id: plant01, url: 'https://garden.example.com/v1/plants/plant01', colour: red }
        '400': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
    patch:
      operationId: patch-plants-plant_id
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties: { name: { type: [string, 'null'] }, colour: { type: string, enum: [red, blue, white] } }
            examples:
              name: { value: { name: Rose } }
              colour: { value: { colour: white } }
              noName: { value: { name: null } }
      responses:
        '200':
          description: The plant.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Plant' }
              example: { id: plant01, url: 'https://garden.example.com/v1/plants/plant01', colour: red }
        '400': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
    delete:
      operationId: delete-plants-plant_id
      security: []
      responses:
        '204': { description: Gone. }
        '400': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
  /waterings:
    get:
      operationId: get-waterings
      security: []
      parameters:
        - { name: plant_id, in: query, required: true, schema: { type: string, pattern: '^plant\\d+$' }, example: plant01 }
      responses:
        '200':
          description: When a plant was watered.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Watering' } }
              example: [{ at: '2026-05-01T08:00:00Z', plant: 'https://garden.example.com/v1/plants/plant01' }]
        '400': { $ref: '#/components/responses/Problem' }
  /weather:
    get:
      operationId: get-weather
      security: []
      parameters:
        - { name: day, in: query, required: true, schema: { type: string, format: date }, example: '2026-05-01' }
        - { name: unit, in: query, schema: { type: string, enum: [celsius, kelvin] }, example: kelvin }
        - { name: hours, in: query, schema: { type: integer, minimum: 1, maximum: 24 }, example: 3 }
      responses:
        '200':
          description: The weather of a day.
          content:
            application/json:
              schema: { type: object, required: [sunny], properties: { sunny: { type: boolean }, unit: { type: string, enum: [celsius, kelvin] } } }
              example: { sunny: true }
        '400': { $ref: '#/components/responses/Problem' }
components:
  responses:
    Problem:
      description: What went wrong.
      content:
        application/problem+json:
          schema:
            type: object
            required: [title]
            properties: { type: { type: string }, title: { type: string }, status: { type: integer } }
          examples:
            wrong: { value: { title: Wrong } }
  schemas:
    Plant:
      type: object
      required: [id, url]
      properties:
        id: { type: string, pattern: '^plant\\d\\d$' }
        url: { type: string, format: uri }
        name: { type: [string, 'null'] }
        colour: { type: string, enum: [red, blue, white] }
        planted: { type: string, format: date-time }
        stage: { type: string, enum: [SEEDLING, GROWN] }
        bed:
          oneOf:
            - { type: string, format: uri }
            - { $ref: '#/components/schemas/Bed' }
        neighbour:
          oneOf:
            - { type: string, format: uri }
            - { $ref: '#/components/schemas/Plant' }
            - { type: 'null' }
    Watering:
      type: object
      required: [at, plant]
      properties: { at: { type: string, format: date-time }, plant: { type: string, format: uri } }
    Bed:
      type: object
      required: [id]
      properties: { id: { type: string }, plants: { type: array, items: { $ref: '#/components/schemas/Plant' } } }
`;

const COLOURS = ['red', 'blue', 'white'];

export function gardenItem(number: number): string {
  return `plant${String(number).padStart(2, '0')}`;
}

export function gardenData(base: string, count = 17): Dataset {
  const plants = Array.from({ length: count }, (_, index): Resource => {
    const id = gardenItem(index);
    return {
      id,
      url: `${base}/plants/${id}`,
      name: `Plant ${index}`,
      colour: COLOURS[index % 3],
      planted: new Date(Date.UTC(2026, 2, 1 + index, 8)).toISOString(),
      stage: 'SEEDLING',
      bed: `${base}/beds/bed${index % 4}`,
      neighbour: index === 0 ? null : `${base}/plants/${gardenItem(index - 1)}`,
    };
  });
  const gardeners = ['gard01', 'gard02'].map((id) => ({ id, url: `${base}/gardeners/${id}` }));
  const gardenerOf = ({ id }: Resource) => gardeners[Number(String(id).slice(-1)) % 3 === 0 ? 0 : 1];
  return {
    users: { path: '/gardeners', header: 'Garden-User', consenting: 'gard01' },
    tables: [
      { path: '/gardeners', key: 'id', items: () => gardeners },
      {
        path: '/plants',
        key: 'id',
        items: () => plants,
        owner: (plant) => gardenerOf(plant)?.url,
        filters: {
          user_id: (id) => (plant) => gardenerOf(plant)?.id === id,
          is_bulb: (value) => (plant) => String(Number(String(plant.id).slice(-1)) % 2 === 0) === value,
        },
        create: ({ name, colour }) => ({ id: 'plant99', url: `${base}/plants/plant99`, name, colour }),
      },
      { path: '/waterings', key: 'at', items: () => plants.flatMap(watered) },
    ],
    answers: {
      'GET /weather': ({ query: { unit = 'celsius' } }) => ({ status: 200, body: { sunny: true, unit } }),
    },
  };
}

/** Where the beds of the garden are read, which name their plants. */
const BEDS = `
  /beds/{bed_id}:
    get:
      operationId: get-beds-bed_id
      security: []
      parameters: [{ name: bed_id, in: path, required: true, schema: { type: string }, example: bed0 }]
      responses:
        '200':
          description: The bed.
          content: { application/json: { schema: { $ref: '#/components/schemas/Bed' } } }
        '404': { $ref: '#/components/responses/Problem' }
`;

/** The garden with beds to read: what a deleted plant belonged to. */
export function gardenWithBeds(change: Change): Change {
  const data = (base: string): Dataset => {
    const { tables, ...rest } = gardenData(base);
    const plants = tables.find(({ path }) => path === '/plants')?.items(undefined, []) ?? [];
    const beds = [...new Set(plants.map(({ bed }) => String(bed)))].map((url) => ({
      id: url.slice(url.lastIndexOf('/') + 1),
      url,
      plants: plants.filter(({ bed }) => bed === url).map((plant) => plant.url),
    }));
    return { ...rest, tables: [...tables, { path: '/beds', key: 'id', items: () => beds }] };
  };
  const text = gardenText
    .replace('\n  /weather:', `${BEDS}  /weather:`)
    .replace(
      "plants: { type: array, items: { $ref: '#/components/schemas/Plant' } }",
      'plants: { type: array, items: { type: string, format: uri } }',
    );
  const operations = ['get-plants', 'delete-plants-plant_id'];
  return { ...change, operations, document: parseOpenApi(text, 'garden.yaml'), data };
}

/** When a plant was watered, each time at an hour of its own. */
function watered({ url, planted }: Resource): Resource[] {
  return [9, 10].map((hour) => ({
    at: String(planted).replace('T08', `T${String(hour).padStart(2, '0')}`),
    plant: url,
  }));
}

/** A change of a fake of the garden. */
export function garden(change: Change, plants = 17): Change {
  const data = (base: string) => gardenData(base, plants);
  return { ...change, document: parseOpenApi(gardenText, 'garden.yaml'), data };
}
