/** One step from a value to a value within it; `branch` stays at the value. */
export type Step =
  | { to: 'property'; name: string }
  | { to: 'member'; pattern?: string }
  | { to: 'item'; index: number }
  | { to: 'branch'; keyword: 'anyOf' | 'oneOf'; index: number };
