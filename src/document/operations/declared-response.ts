import type { Operation, ResponseSpec } from '../types.js';

/** The response that an operation declares for a status: the status itself, its range, or `default`. */
export function declaredResponse({ responses }: Operation, status: number): ResponseSpec | undefined {
  const by = (wanted: string) => responses.find((response) => response.status === wanted);
  return by(String(status)) ?? by(`${Math.floor(status / 100)}XX`) ?? by('default');
}
