import { GROUPS } from '../model/rule.js';
import { REPORT_VERSION } from './data.js';

const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
const or = (schema: { type: string }) => ({ ...schema, type: [schema.type, 'null'] });
const list = (items: object) => ({ type: 'array', items });
const object = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

const finding = {
  rule: text,
  operation: or(text),
  where: text,
  expected: text,
  found: text,
  pointer: or(text),
  line: or(whole),
  exchange: or(whole),
  method: or(text),
  url: or(text),
  curl: or(text),
  new: { type: 'boolean' },
};
const gone = { rule: text, operation: or(text), where: text };
const dateTime = { ...text, format: 'date-time' };
const headers = { type: 'object', additionalProperties: text };
const part = object({ declared: list(text), met: list(text) });

/** JSON Schema (2020-12) of the JSON report. */
export const reportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Contract report',
  ...object(
    {
      version: { const: REPORT_VERSION },
      date: dateTime,
      conforms: { type: 'boolean' },
      error: text,
      document: object({ file: text, title: text, version: text }),
      since: object({ file: text, date: or(text) }),
      faults: list(object({ message: text, pointer: text, line: or(whole) })),
      operations: list(object({ id: text, method: text, path: text })),
      rules: list(object({ id: text, group: { enum: GROUPS }, title: text, explain: text, source: text })),
      runs: list(
        object(
          {
            target: object({ name: text, title: text, baseUrl: text }),
            conforms: { type: 'boolean' },
            requests: whole,
            missing: whole,
            incomplete: {
              oneOf: [object({ sent: whole, planned: whole, reason: text }), { type: 'null' }],
            },
            generated: object({ requests: whole, seed: whole }),
            seconds: { type: 'number', minimum: 0 },
            violations: list(object(finding, ['new'])),
            notes: list(object(finding, ['new'])),
            limits: list(object({ ...finding, limit: text }, ['new'])),
            accepted: list(
              object({ ...finding, reason: text, expires: { type: 'string', format: 'date' } }, ['new']),
            ),
            verdicts: list(
              object({
                rule: text,
                operation: or(text),
                state: { enum: ['kept', 'broken', 'noted', 'accepted', 'not-applicable', 'not-covered'] },
                reason: or(text),
                seconds: { type: 'number', minimum: 0 },
              }),
            ),
            coverage: list(
              object({
                operation: text,
                requests: whole,
                statuses: part,
                parameters: part,
                expansions: part,
              }),
            ),
            exchanges: list(
              object({
                number: whole,
                name: text,
                request: object({ method: text, url: text, headers, body: text }, ['body']),
                response: object({ status: whole, headers, body: text }),
              }),
            ),
            leftOut: list(object({ request: text, reason: text })),
            gone: list(object(gone)),
          },
          ['gone', 'generated'],
        ),
      ),
    },
    ['error', 'since'],
  ),
};
