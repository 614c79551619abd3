import { parseOpenApi } from '../../src/document/index.js';

/**
 * A document with two events: one whose schema sets its type and refers to a resource, and one that is written out in
 * place.
 */
export const webhookText = `
openapi: 3.1.0
info: { title: Ovens, version: '1.0' }
servers: [{ url: https://ovens.example.com/v1 }]
paths:
  /loaves:
    get:
      operationId: get-loaves
      security: []
      responses:
        '200':
          description: Loaves.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Loaf' } } } }
  /loaves/{loaf_id}:
    get:
      operationId: get-loaves-loaf_id
      security: []
      parameters: [{ name: loaf_id, in: path, required: true, schema: { type: string, pattern: '^loaf\\d\\d$' } }]
      responses:
        '200':
          description: A loaf.
          content: { application/json: { schema: { $ref: '#/components/schemas/Loaf' } } }
webhooks:
  loaf.baked:
    post:
      summary: Loaf baked
      parameters:
        - { name: svix-event-type, in: header, required: true, schema: { type: string, enum: [loaf.baked] } }
        - { name: svix-id, in: header, required: true, schema: { type: string } }
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/LoafBaked' } } } }
      responses: { '200': { description: Received. } }
  oven.cold:
    post:
      summary: Oven cold
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [data], properties: { data: { type: object, properties: { degrees: { type: integer } } } } }
      responses: { '200': { description: Received. } }
components:
  schemas:
    Loaf:
      type: object
      required: [id, url, grams]
      properties:
        id: { type: string, pattern: '^loaf\\d\\d$' }
        url: { type: string, format: uri }
        grams: { type: integer, minimum: 400, maximum: 2000 }
    LoafBaked:
      type: object
      required: [type, timestamp, data]
      properties:
        type: { type: string, enum: [loaf.baked] }
        timestamp: { type: string, format: date-time }
        data: { description: The loaf., allOf: [{ $ref: '#/components/schemas/Loaf' }] }
`;

export const webhookDocument = () => parseOpenApi(webhookText);
