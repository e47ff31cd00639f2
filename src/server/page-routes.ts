import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { contentSecurityPolicy } from './security-headers.ts';

/** The built front end: the same place seen from `src/server` and from `dist/server`. */
export const builtFiles = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** Where Telegram shows Mini Apps in frames; its apps show them in windows of their own. */
const telegramWeb = 'https://web.telegram.org https://webk.telegram.org https://webz.telegram.org';

/** What a phone asks for that keeps the page on its Home Screen. */
const appFiles = [
  'manifest.webmanifest',
  'icons/icon-192.png',
  'icons/icon-512.png',
  'icons/apple-touch-icon.png',
  'icons/badge-96.png',
];

/**
 * The chat page and its files. Names with a hash never change their content; the page itself is asked for each time.
 *
 * @param widgetSites the sites that may show the chat in a frame, as CSP sources.
 */
export function addPageRoutes(server: FastifyInstance, widgetSites: readonly string[], root = builtFiles): void {
  if (!existsSync(root)) {
    server.get('/', async (_request, reply) => {
      return reply.code(503).send({ error: 'the chat page is not built; run "npm run build:web"' });
    });
    return;
  }
  server.register(fastifyStatic, { root, serve: false, preCompressed: true });
  server.register(fastifyStatic, {
    root: `${root}/assets`,
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    index: false,
  });

  const addPage = (path: string, file: string, frameAncestors: string) =>
    server.get(path, async (_request, reply) => {
      return reply
        .header('content-security-policy', contentSecurityPolicy(frameAncestors))
        .header('cache-control', 'no-cache')
        .sendFile(file, { cacheControl: false });
    });
  addPage('/', 'index.html', "'none'");
  addPage('/widget', 'index.html', widgetSites.length > 0 ? widgetSites.join(' ') : "'none'");

  addPage('/app', 'app.html', telegramWeb);

  // A worker that has changed takes over at the next visit.
  server.get('/push-worker.js', async (_request, reply) => {
    return reply.header('cache-control', 'no-cache').sendFile('push-worker.js', { cacheControl: false });
  });
  for (const file of appFiles)
    server.get(`/${file}`, async (_request, reply) => reply.sendFile(file, { maxAge: '1d' }));

  // Both are used by pages of other sites, whatever policy those have.
  for (const [path, maxAge] of [
    ['/embed.js', '1h'],
    ['/favicon.svg', '1d'],
  ] as const) {
    server.get(path, async (_request, reply) => {
      return reply.header('cross-origin-resource-policy', 'cross-origin').sendFile(path.slice(1), { maxAge });
    });
  }
}
