import type { Target } from '../model/target.js';

/** Represents recorded traffic in reports; nothing can be sent to it. */
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
