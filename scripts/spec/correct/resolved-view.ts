import { isObject, type JsonObject, type OpenApiDocument, resolve } from '../../../src/document/index.js';

/**
 * The document with the references of its non-recursive parts resolved: path items, parameters, headers, bodies,
 * responses and examples, and schemas down to the items of a body. Deeper schemas keep their references, since they may
 * contain themselves. A part that is referred to is the same object everywhere.
 */
export function resolvedView(document: OpenApiDocument): JsonObject {
  const views = new Map<unknown, unknown>();

  const one = (value: unknown, build: (part: JsonObject) => JsonObject): unknown => {
    const part = resolve(document, value, '#').value;
    if (!isObject(part)) return part;
    if (!views.has(part)) views.set(part, build(part));
    return views.get(part);
  };
  const each = (build: (part: JsonObject) => JsonObject) => (value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, one(part, build)]))
      : value;
  const list = (build: (part: JsonObject) => JsonObject) => (value: unknown) =>
    Array.isArray(value) ? value.map((part) => one(part, build)) : value;
  const single = (build: (part: JsonObject) => JsonObject) => (value: unknown) => one(value, build);

  const leaf = (part: JsonObject) => part;
  const schema = (part: JsonObject) => replace(part, { items: single(leaf) });
  const content = (part: JsonObject) => replace(part, { schema: single(schema), examples: each(leaf) });
  const parameter = (part: JsonObject) =>
    replace(part, { schema: single(schema), content: each(content), examples: each(leaf) });
  const body = (part: JsonObject) => replace(part, { content: each(content) });
  const response = (part: JsonObject) => replace(part, { headers: each(parameter), content: each(content) });
  const operation = (part: JsonObject) =>
    replace(part, { parameters: list(parameter), requestBody: single(body), responses: each(response) });
  const pathItem = (part: JsonObject) => ({
    ...Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, isObject(value) ? one(value, operation) : value]),
    ),
    ...('parameters' in part ? { parameters: list(parameter)(part.parameters) } : {}),
  });

  return replace(document, {
    paths: each(pathItem),
    webhooks: each(pathItem),
    components: (components) =>
      isObject(components)
        ? replace(components, {
            parameters: each(parameter),
            headers: each(parameter),
            requestBodies: each(body),
            responses: each(response),
            schemas: each(schema),
            pathItems: each(pathItem),
          })
        : components,
  });
}

/** A copy of the part with the given members resolved. */
function replace(part: JsonObject, members: Record<string, (value: unknown) => unknown>): JsonObject {
  const copy = { ...part };
  for (const [name, view] of Object.entries(members)) {
    if (name in copy) copy[name] = view(copy[name]);
  }
  return copy;
}
