import type { Target } from '../model/target.js';

/** Stands in reports for traffic that was recorded: nothing can be asked of it. */
export function recordedTarget(file: string): Target {
  return {
    name: 'recorded',
    baseUrl: file,
    title: file,
    fixed: () => undefined,
    validates: false,
    prefer: false,
    knowsExamples: false,
    own: false,
    tokens: {},
    stop: async () => {},
  };
}
