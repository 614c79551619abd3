import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { ROOT } from '../root.js';
import { readPages } from './pages.js';

const pages = readPages();
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

/** Where the links of a text lead, those to other sites and within the page apart. */
function targets(text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
}

describe('the README', () => {
  const readme = read('README.md');

  it('can be read in one go: it has at most 200 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  it('leads to every guide, every recipe and every example', () => {
    const linked = targets(readme);
    const missing = pages
      .map(({ name }) => name)
      .filter((name) => name !== 'README.md' && name !== 'docs/index.md' && !linked.includes(name));
    expect(missing).toEqual([]);
  });
});

describe('the site', () => {
  it('has every page in its sidebar', () => {
    const config = read('docs/.vitepress/config.ts');
    const linked = [...config.matchAll(/link: '\/([\w/-]+)'/g)].map(([, page]) => `docs/${page}.md`);
    const shown = pages.map(({ name }) => name).filter((name) => !/^README|index\.md$/.test(name));
    expect(shown.filter((name) => !linked.includes(name))).toEqual([]);
    expect(linked.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });

  it('can be built from what stands before the text of its pages', () => {
    const heads = pages.flatMap(({ name, text }) => {
      const [, head] = /^---\n(.*?)\n---\n/s.exec(text) ?? [];
      return head === undefined ? [] : [{ name, errors: parseDocument(head).errors.map(String) }];
    });
    expect(heads.map(({ name }) => name)).toContain('docs/index.md');
    expect(heads.filter(({ errors }) => errors.length > 0)).toEqual([]);
  });
});

describe('what is generated', () => {
  it('has a description of each resource, for the reference', () => {
    const code = read('generated/client.ts');
    const resources = [...code.matchAll(/^(.*)\nexport interface (\w+Resource) /gm)];
    expect(resources.length).toBeGreaterThan(50);
    expect(resources.filter(([, before = '']) => !before.endsWith(' */')).map(([, , name]) => name)).toEqual(
      [],
    );
  });

  it('has webhooks whose types the guide to tests names', () => {
    const { document } = JSON.parse(read('generated/document.json')) as {
      document: { webhooks: Record<string, unknown> };
    };
    const types = Object.keys(document.webhooks);
    expect(types).not.toEqual([]);
    const guide = read('docs/guide/testing.md');
    expect(types.filter((type) => !guide.includes(`\`${type}\``))).toEqual([]);
  });
});

describe.each([...pages.map(({ name }) => name), 'CONTRIBUTING.md', 'examples/fleet/README.md'])(
  '%s',
  (name) => {
    it('links to files that there are', () => {
      const text = read(name);
      expect(targets(text).filter((target) => !existsSync(join(ROOT, dirname(name), target)))).toEqual([]);
    });
  },
);
