import { defineConfig } from 'vitepress';

export default defineConfig({
  title: 'ev-energy-client',
  description: 'A typed client for the ev.energy API, a fake of it for tests, and a contract suite',
  lang: 'en',
  cleanUrls: true,
  // Of the default themes of code, the colours of comments and keywords are too pale to read.
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  // The examples stand beside the site, not in it.
  ignoreDeadLinks: [/examples\//],
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/icon.svg' }]],
  themeConfig: {
    logo: { src: '/icon.svg', alt: '' },
    search: { provider: 'local' },
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
