import { _, type CodeKeywordDefinition, type Options, str } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { formats } from './formats.js';
import { PATTERN_CODE, patternOf } from './pattern.js';

/**
 * Compiles schemas with the project's one meaning of formats, patterns and precision.
 *
 * @param options what the caller wants to know about a violation; the meaning can't be changed.
 */
export function schemaCompiler({ code, ...options }: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({
    // An OpenAPI document has its own keywords, and may have unknown formats.
    strict: false,
    logger: false,
    ...options,
    formats: { ...formats },
    code: { ...code, regExp: Object.assign(patternOf, { code: PATTERN_CODE }) },
  });
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword(multipleOf);
  return ajv;
}

/**
 * `multipleOf` for decimal numbers: 19.99 is a multiple of 0.01, although neither is a binary fraction. It tolerates
 * the rounding errors of both numbers and of their quotient, and no more.
 */
const multipleOf: CodeKeywordDefinition = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  error: {
    message: ({ schemaCode }) => str`must be multiple of ${schemaCode}`,
    params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}`,
  },
  code(context) {
    const { gen, data, schemaCode } = context;
    const quotient = gen.const('quotient', _`${data} / ${schemaCode}`);
    context.fail(
      _`Math.abs(${quotient} - Math.round(${quotient})) > Math.abs(${quotient}) * 2 * Number.EPSILON`,
    );
  },
};
