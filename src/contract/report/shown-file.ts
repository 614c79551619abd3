import { isAbsolute, relative } from 'node:path';

/** The document's file as it was given; where the machine's own folders lead to it, from the working folder on. */
export function shownFile(name: string): string {
  if (!isAbsolute(name)) return name;
  const here = relative(process.cwd(), name);
  return here.startsWith('..') ? name : here;
}
