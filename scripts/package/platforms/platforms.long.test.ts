import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Fake, startFake } from '../../../src/testing/index.js';
import { outerEnvironment, output, run } from '../../run.js';
import { makeNames } from '../makes.js';
import { prepared } from '../prepared.js';
import { tool } from '../project.js';
import { platformProject } from './project.js';

let fake: Fake;
let names: string[];
let environment: Record<string, string>;

beforeAll(async () => {
  await prepared();
  fake = await startFake();
  names = await makeNames(fake.url);
  environment = {
    EV_ENERGY_BASE_URL: fake.url,
    EV_ENERGY_CLIENT_ID: fake.clientId,
    EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
  };
}, 600_000);
afterAll(() => fake.close());

/** A consumer's file that other tests use too. */
const consumer = (name: string) => readFile(join(import.meta.dirname, '../consumers', name), 'utf8');

describe('the installed package', { timeout: 900_000 }, () => {
  it('is rendered by a server component of Next.js, built for production', async () => {
    await using project = await platformProject({
      'package.json': '{ "private": true, "type": "module" }',
      'app/layout.jsx':
        'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
      'app/page.jsx': `import { EvEnergy } from 'ev-energy-client';
        export const dynamic = 'force-dynamic';
        const ev = new EvEnergy();
        export default async function Makes() {
          const makes = await ev.evseMakes.list().toArray();
          return <ul>{makes.map((make) => <li key={make.id}>{make.name}</li>)}</ul>;
        }`,
    });
    const next = project.bin('next/dist/bin/next');
    const env = { ...environment, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
    await output(process.execPath, [next, 'build'], { cwd: project.folder, env, timeout: 600_000 });
    const served = spawn(process.execPath, [next, 'start', '--port', '0', '--hostname', '127.0.0.1'], {
      cwd: project.folder,
      env: { ...outerEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void served.kill());
    const url = await firstMatch(served.stdout, /http:\/\/127\.0\.0\.1:[1-9]\d*/);
    const page = await (await fetch(url)).text();
    expect([...page.matchAll(/<li>(.*?)<\/li>/g)].map(([, name]) => name?.replaceAll('&amp;', '&'))).toEqual(
      names,
    );
  });

  it('is a provider of a NestJS application in CommonJS, type-checked', async () => {
    await using project = await platformProject({
      'package.json': '{ "private": true }',
      'main.ts': `import 'reflect-metadata';
        import { Inject, Injectable, Module } from '@nestjs/common';
        import { NestFactory } from '@nestjs/core';
        import { EvEnergy } from 'ev-energy-client';
        @Injectable()
        class Chargers {
          constructor(@Inject(EvEnergy) private readonly ev: EvEnergy) {}
          async names(): Promise<string[]> {
            return (await this.ev.evseMakes.list().toArray()).map((make) => make.name);
          }
        }
        @Module({ providers: [Chargers, { provide: EvEnergy, useFactory: () => new EvEnergy() }] })
        class App {}
        async function main() {
          const app = await NestFactory.createApplicationContext(App, { logger: false });
          console.log((await app.get(Chargers).names()).join('\\n'));
          await app.close();
        }
        void main();`,
    });
    const options = ['--module', 'node20', '--target', 'es2022', '--strict', '--skipLibCheck'];
    const decorators = ['--experimentalDecorators', '--emitDecoratorMetadata'];
    await output(
      process.execPath,
      [tool('typescript-5.9', 'bin/tsc'), ...options, ...decorators, 'main.ts'],
      {
        cwd: project.folder,
      },
    );
    expect(await readFile(join(project.folder, 'main.js'), 'utf8')).toContain('require("ev-energy-client")');
    const result = await run(process.execPath, ['main.js'], { cwd: project.folder, env: environment });
    expect(result).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
  });

  it.each(['cjs', 'esm'] as const)(
    'is bundled by esbuild into a handler for AWS Lambda, as %s',
    async (format) => {
      await using project = await platformProject({
        'handler.mjs': `import { EvEnergy } from 'ev-energy-client';
          const ev = new EvEnergy();
          export async function handler() {
            return { statusCode: 200, body: (await ev.evseMakes.list().toArray()).map((make) => make.name).join('\\n') };
          }`,
      });
      const alone = join(project.folder, 'alone');
      await mkdir(alone);
      const file = join(alone, format === 'cjs' ? 'index.cjs' : 'index.mjs');
      await build({
        absWorkingDir: project.folder,
        entryPoints: ['handler.mjs'],
        outfile: file,
        bundle: true,
        minify: true,
        format,
        platform: 'node',
        target: 'node20',
        logLevel: 'silent',
      });
      const call = `const { handler } = await import(${JSON.stringify(file)}); console.log((await handler({})).body);`;
      const called = await run(process.execPath, ['--input-type=module', '-e', call], {
        cwd: alone,
        env: environment,
      });
      expect(called).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
    },
  );

  it('is resolved and bundled by Metro as React Native does it, and what comes of it runs', async () => {
    await using project = await platformProject({
      'package.json': '{ "private": true }',
      'index.js': `import { EvEnergy } from 'ev-energy-client';
        const [, , baseUrl, accessToken] = globalThis.process.argv;
        new EvEnergy({ baseUrl, accessToken }).evseMakes.list().toArray().then((makes) => {
          globalThis.console.log(makes.map((make) => make.name).join('\\n'));
        });`,
    });
    await writeFile(
      join(project.folder, 'bundle.cjs'),
      `const Metro = require('metro');
      const { getDefaultConfig } = require('metro-config');
      (async () => {
        const config = await getDefaultConfig(__dirname);
        config.resolver.unstable_enablePackageExports = true;
        config.resolver.unstable_conditionNames = ['react-native', 'require'];
        // As the Babel preset of React Native does, without the rest of it.
        config.transformer.getTransformOptions = async () => ({ transform: { experimentalImportSupport: true } });
        config.watchFolders = [__dirname];
        config.reporter = { update() {} };
        await Metro.runBuild(config, { entry: 'index.js', platform: 'ios', dev: false, minify: false, out: 'bundled.js' });
        process.exit(0);
      })();`,
    );
    await output(process.execPath, ['bundle.cjs'], { cwd: project.folder, timeout: 300_000 });
    const result = await run(process.execPath, ['bundled.js', fake.url, fake.token], { cwd: project.folder });
    expect(result).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
  });

  it.each(['node-22', 'node-24'])('serves modules, CommonJS and the commands on %s', async (version) => {
    await using project = await platformProject({
      'list-makes.mjs': await consumer('list-makes.mjs'),
      'list-makes.cjs': await consumer('list-makes.cjs'),
    });
    const node = project.bin(`${version}/bin/node`);
    expect(await output(node, ['--version'])).toMatch(new RegExp(`^v${version.slice(5)}\\.`));
    const on = (...args: string[]) => run(node, args, { cwd: project.folder, env: environment });
    for (const program of ['list-makes.mjs', 'list-makes.cjs'])
      expect(await on(program)).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
    const bin = (name: string) =>
      join(project.folder, 'node_modules/ev-energy-client/dist/src', name, 'bin.js');
    const listed = await on(bin('cli'), 'evse-makes', 'list', '--output', 'ndjson');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout.trimEnd().split('\n')).toHaveLength(names.length);
    const checked = await on(bin('contract'), '--target', 'fake', '--operation', 'get-evse_makes');
    expect(checked.code, checked.stdout + checked.stderr).toBe(0);
  });
});

/** The first text in a stream that fits; it rejects where the stream ends before. */
async function firstMatch(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: stream })) {
    const [found] = pattern.exec(line) ?? [];
    if (found) return found;
  }
  throw new Error(`nothing came that fits ${pattern}`);
}
