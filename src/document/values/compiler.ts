import { _, type CodeKeywordDefinition, type Options, str } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { formats } from './formats.js';
import { PATTERN_CODE, patternOf } from './pattern.js';

const PROTO = '__proto__';

/** The names that every object inherits. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Compiles schemas with the project's one meaning of formats, patterns and precision.
 *
 * @param sources the documents or schemas that will be compiled, or referred to.
 * @param options what the caller wants to know about a violation; the meaning can't be changed.
 */
export function schemaCompiler(sources: readonly unknown[], { code, ...options }: Options = {}): Ajv2020 {
  const inherited = hasInheritedName(sources);
  const ajv = new Ajv2020({
    // An OpenAPI document has its own keywords, and may have unknown formats.
    strict: false,
    logger: false,
    ...options,
    ownProperties: inherited,
    formats: { ...formats },
    code: { process: withLinearErrors, ...code, regExp: Object.assign(patternOf, { code: PATTERN_CODE }) },
  });
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword(multipleOf);
  askContainsFirst(ajv);
  if (inherited) readProto(ajv);
  return ajv;
}

/**
 * Whether a document uses a name that every object inherits: a field `constructor`, a required `toString`. For such a
 * document only an object's own members count; checking that costs time and code, which other documents needn't pay.
 */
function hasInheritedName(source: unknown, seen = new Set<object>()): boolean {
  if (typeof source === 'string') return INHERITED.has(source);
  if (typeof source !== 'object' || source === null || seen.has(source)) return false;
  seen.add(source);
  return Object.entries(source).some(([key, value]) => INHERITED.has(key) || hasInheritedName(value, seen));
}

/** For an empty list, ajv skips the keywords after `prefixItems`, unless it collects all errors. */
function askContainsFirst(ajv: Ajv2020): void {
  const rule = ajv.RULES.all.contains;
  if (typeof rule !== 'object') return;
  ajv.removeKeyword('contains');
  ajv.addKeyword({ ...(rule.definition as unknown as CodeKeywordDefinition), before: 'prefixItems' });
}

/** ajv ignores a property called `__proto__`, so that nobody sets it by mistake. Here it is a name like any other. */
function readProto(ajv: Ajv2020): void {
  const rule = ajv.RULES.all.properties;
  if (typeof rule !== 'object') return;
  const usual = rule.definition as unknown as CodeKeywordDefinition;
  ajv.removeKeyword('properties');
  ajv.addKeyword({
    ...usual,
    // `unevaluatedProperties` must come later: it has to know which members this keyword has evaluated.
    before: 'unevaluatedProperties',
    code(context) {
      usual.code(context);
      const { gen, data, schema, it } = context;
      if (!Object.hasOwn(schema, PROTO)) return;
      const valid = gen.name('valid');
      gen.if(_`Object.prototype.hasOwnProperty.call(${data}, ${PROTO})`);
      context.subschema({ keyword: 'properties', schemaProp: PROTO, dataProp: PROTO }, valid);
      if (!it.allErrors) gen.else().var(valid, true);
      gen.endIf();
      context.ok(valid);
    },
  });
}

/**
 * For each item with errors, ajv copies all errors so far: with 200,000 items that would never end. We append in place
 * instead, which is safe, since only the list's own code has seen that array.
 */
export function withLinearErrors(code: string): string {
  const added = code.replace(/(\w+)\.concat\((\w+\.errors)\)/g, 'addAll($1, $2)');
  if (added === code) return code;
  const strict = '"use strict";';
  const rest = added.startsWith(strict) ? added.slice(strict.length) : added;
  return `${strict}function addAll(all, more) { for (const one of more) all.push(one); return all; }\n${rest}`;
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
