// Imports each entry point and tells what that left behind.
const before = new Set(Reflect.ownKeys(globalThis));
const environment = JSON.stringify(process.env);
for (const entry of ['', '/validators', '/webhooks', '/export', '/node', '/testing', '/contract'])
  await import(`ev-energy-client${entry}`);
// Files that the imports read are closed by then.
await new Promise((resolve) => setTimeout(resolve, 50));
console.log(
  JSON.stringify({
    globals: Reflect.ownKeys(globalThis).filter((key) => !before.has(key)),
    environmentChanged: environment !== JSON.stringify(process.env),
    resources: process.getActiveResourcesInfo().filter((name) => !/^(TTY|Pipe)Wrap$/.test(name)),
  }),
);
