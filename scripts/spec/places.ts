/** Where things stand in a project, relative to its root. */
export const DOCUMENT = 'openapi/ev-energy-v2.yaml';
export const OVERLAY = 'openapi/overlay.yaml';
export const GENERATED = 'generated';
export const LINT_RULES = 'redocly.yaml';
