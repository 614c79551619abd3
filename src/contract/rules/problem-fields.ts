import { isObject } from '../../document/index.js';
import { either } from '../../text/words.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'problem-fields',
  on: 'answer',
  group: 'errors',
  notOnMock: "the mock's problems are the document's examples",
  title: 'A problem that names fields names the one that was wrong',
  explain: 'Where a refusal lists field errors, the parameter that the probe broke is among them.',
  source: 'field_errors in the document',
  check({ operation, probe, response, json }) {
    const broken = operation.parameters.some(({ name }) => name === probe.breaks);
    if (response.status < 400 || !broken || !isObject(json?.value)) return undefined;
    const { field_errors: errors } = json.value;
    if (!isObject(errors) || Object.keys(errors).length === 0) return undefined;
    const names = Object.keys(errors);
    if (names.some((name) => name.toLowerCase() === probe.breaks?.toLowerCase())) return [];
    return [{ where: 'body /field_errors', expected: probe.breaks ?? '', found: either(names) }];
  },
} satisfies Rule;
