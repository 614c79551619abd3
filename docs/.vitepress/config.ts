import { readFileSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { defineConfig } from 'vitepress';

const EXAMPLES = join(import.meta.dirname, '../../examples');

/** The first sentence of a page, as plain text: what a search engine shows of it. */
function firstSentence(markdown: string): string | undefined {
  const paragraph = markdown.split(/\n{2,}/).find((block) => !/^(#|```|---)/.test(block));
  const text = paragraph
    ?.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    // vitepress writes it into an attribute as it is.
    .replaceAll('"', "'");
  return text && (/^.*?[.?](?= |$)/.exec(text)?.[0] ?? text);
}

export default defineConfig({
  title: 'ev-energy-client',
  description: 'A typed client for the ev.energy API, a fake of it for tests, and a contract suite',
  lang: 'en',
  cleanUrls: true,
  // Of the default themes of code, the colours of comments and keywords are too pale to read.
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(md) {
      md.core.ruler.push('examples', ({ tokens }) => {
        for (const link of tokens.flatMap(({ children }) => children ?? [])) {
          const [, file] = /^(?:\.\.\/)+examples\/(.+)$/.exec(link.attrGet('href') ?? '') ?? [];
          if (file === undefined) continue;
          link.attrSet('href', `/examples/${file}.txt`);
          // The router of this site would look for a page.
          link.attrSet('target', '_self');
        }
      });
    },
  },
  // The examples stand beside the pages. As text a browser shows them; programs it would save, or take for a video.
  ignoreDeadLinks: [/examples\//],
  async buildEnd({ outDir }) {
    for (const file of await readdir(EXAMPLES, { recursive: true }))
      if (extname(file)) await cp(join(EXAMPLES, file), join(outDir, 'examples', `${file}.txt`));
  },
  transformPageData({ relativePath }, { siteConfig }) {
    const description = firstSentence(readFileSync(join(siteConfig.srcDir, relativePath), 'utf8'));
    return description === undefined ? {} : { description };
  },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/icon.svg' }]],
  themeConfig: {
    logo: { src: '/icon.svg', alt: '' },
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          // A guide is about what a recipe or a table of times only mentions.
          searchOptions: { boostDocument: (id: string) => (id.startsWith('/guide/') ? 2 : 1) },
        },
      },
    },
    outline: { level: [2, 3] },
    nav: [
      { text: 'Guide', link: '/guide/start', activeMatch: '^/guide/' },
      { text: 'Recipes', link: '/recipes/proxy', activeMatch: '^/recipes/' },
      // typedoc writes it, so the router of this site knows nothing of it.
      { text: 'Reference', link: '/reference/index.html', target: '_self' },
    ],
    sidebar: [
      {
        text: 'Client',
        items: [
          { text: 'Start', link: '/guide/start' },
          { text: 'Authenticate', link: '/guide/authenticate' },
          { text: 'Pages and backfill', link: '/guide/pages' },
          { text: 'Expand', link: '/guide/expand' },
          { text: 'Errors', link: '/guide/errors' },
          { text: 'Retries and quota', link: '/guide/quota' },
          { text: 'Validation', link: '/guide/validation' },
          { text: 'Headers, uploads and more', link: '/guide/requests' },
          { text: 'Webhooks', link: '/guide/webhooks' },
          { text: 'From hand-written fetch', link: '/guide/migrate' },
        ],
      },
      {
        text: 'Tools',
        items: [
          { text: 'Test with the fake', link: '/guide/testing' },
          { text: 'Contract gate', link: '/guide/contract' },
          { text: 'Export a fleet', link: '/guide/fleets' },
          { text: 'Command line', link: '/guide/command-line' },
          { text: 'Benchmarks', link: '/benchmarks' },
        ],
      },
      {
        text: 'Recipes',
        items: [
          { text: 'Corporate proxy', link: '/recipes/proxy' },
          { text: 'Jest', link: '/recipes/jest' },
          { text: 'Serverless', link: '/recipes/serverless' },
          { text: 'Browser and CORS', link: '/recipes/browser' },
          { text: 'Each call for another user', link: '/recipes/users' },
          { text: 'Many machines', link: '/recipes/many-machines' },
          { text: 'Next.js', link: '/recipes/nextjs' },
          { text: 'NestJS', link: '/recipes/nestjs' },
          { text: 'MSW', link: '/recipes/msw' },
          { text: 'TanStack Query', link: '/recipes/tanstack-query' },
          { text: 'OpenTelemetry', link: '/recipes/opentelemetry' },
        ],
      },
    ],
    footer: { message: 'Unofficial: not made or endorsed by ev.energy. MIT licence.' },
  },
});
