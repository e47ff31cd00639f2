import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { contentSecurityPolicy } from './security-headers.ts';

/** The built front end: the same place seen from `src/server` and from `dist/server`. */
const builtFiles = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** The chat page and its files. Names with a hash never change their content; the page itself is asked for each time. */
export function addPageRoutes(server: FastifyInstance, root = builtFiles): void {
  if (!existsSync(root)) {
    server.get('/', async (_request, reply) => {
      return reply.code(503).send({ error: 'the chat page is not built; run "npm run build:web"' });
    });
    return;
  }
  server.register(fastifyStatic, { root, serve: false });
  server.register(fastifyStatic, {
    root: `${root}/assets`,
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    index: false,
  });
  server.get('/', async (_request, reply) => {
    return reply
      .header('content-security-policy', contentSecurityPolicy("'none'"))
      .header('cache-control', 'no-cache')
      .sendFile('index.html', { cacheControl: false });
  });
  server.get('/favicon.svg', async (_request, reply) => reply.sendFile('favicon.svg', { maxAge: '1d' }));
}
