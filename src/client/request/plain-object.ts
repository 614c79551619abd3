/** Made by `{…}` or without a prototype, in this or another realm: what it holds are fields. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
