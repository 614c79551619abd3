import { readdir } from 'node:fs/promises';
import type { Rule } from './model/rule.js';

/** All rules, in the order of their names: each file of the folder is one. */
export async function loadRules(): Promise<readonly Rule[]> {
  const folder = new URL('./rules/', import.meta.url);
  const files = (await readdir(folder)).filter(isModule).sort();
  return Promise.all(files.map(async (file) => (await import(new URL(file, folder).href)).default as Rule));
}

// In the sources and under vitest the modules end in .ts, in the built package in .js beside their .d.ts.
function isModule(file: string): boolean {
  return /\.[jt]s$/.test(file) && !/\.(?:d|test)\.ts$/.test(file);
}
