import { fileURLToPath } from 'node:url';

/** The root of this repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where things stand in it, relative to its root. */
export const DOCUMENT = 'openapi/ev-energy-v2.yaml';
export const OVERLAY = 'openapi/overlay.yaml';
export const GENERATED = 'generated';
export const LINT_RULES = 'redocly.yaml';
