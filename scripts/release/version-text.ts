/** The files besides package.json that name the version of the package. */
export const NAMING = ['src/client/version.ts', 'README.md', 'docs/guide/start.md'];

/** A file's text with the version after a release in place of the one before it. */
export function withVersion(text: string, before: string, after: string): string {
  return text
    .replaceAll(`VERSION = '${before}'`, `VERSION = '${after}'`)
    .replaceAll(`ev-energy-client-${before}.tgz`, `ev-energy-client-${after}.tgz`)
    .replaceAll(`Version ${minor(before)},`, `Version ${minor(after)},`);
}

function minor(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
