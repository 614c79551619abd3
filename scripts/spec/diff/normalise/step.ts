/** A step from a value to a value inside it; `branch` stays at the same value. */
export type Step =
  | { to: 'property'; name: string }
  | { to: 'member'; pattern?: string }
  | { to: 'item'; index: number }
  | { to: 'branch'; keyword: 'anyOf' | 'oneOf'; index: number };
