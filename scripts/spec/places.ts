/** Places in a project, relative to its root. */
export const DOCUMENT = 'openapi/ev-energy-v2.yaml';
export const OVERLAY = 'openapi/overlay.yaml';
export const GENERATED = 'generated';
/** The full report of what a pull corrected and changed. */
export const DETAILS = 'reports/spec-pull.md';
export const LINT_RULES = 'redocly.yaml';
