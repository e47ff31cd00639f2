import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import fastifyRateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { createCatalogViews } from '../conversation/catalog-views.ts';
import type { Arrivals } from '../conversation/newest-first.ts';
import { ConfigError, codeOf } from '../kernel/errors.ts';
import { addAdminRoutes } from './admin/admin-routes.ts';
import { addApiRoutes } from './api-routes.ts';
import { addChatRoutes } from './chat-routes.ts';
import { clientKey } from './client-key.ts';
import { addCoverRoutes } from './cover-routes.ts';
import { addErrorAnswers } from './error-answers.ts';
import { addFeedRoutes } from './feed-routes.ts';
import { addOpenRoutes } from './open-routes.ts';
import { addOperatorRoutes } from './operator-routes.ts';
import { addPageRoutes } from './page-routes.ts';
import { addPushRoutes } from './push-routes.ts';
import { routes } from './routes.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { defaultLimits, type ServerParts } from './server-parts.ts';
import { addSiteRoutes } from './site-routes.ts';
import { addSubscriptionRoutes } from './subscription-routes.ts';
import { addWebhookRoutes } from './webhook-routes.ts';

/** The HTTP server of the app. */
export interface Server {
  /**
   * Resolves to the url under which it listens.
   *
   * @throws ConfigError if the address is taken or not ours.
   */
  start(): Promise<string>;
  /** Takes no more requests, ends event streams, and gives what is under way ten seconds to finish. */
  stop(): Promise<void>;
}

/** What takes longer to be answered when the server is to stop is cut off. */
const graceMs = 10_000;

export function createServer(parts: ServerParts): Server {
  const server = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    trustProxy: parts.trustedProxies ? [...parts.trustedProxies] : 'loopback',
    bodyLimit: 64 * 1024,
    // A client that sends its request by drops is cut off; streams of ours are answers and not concerned.
    requestTimeout: 20_000,
    // Those under way are finished; `stop` cuts what takes too long.
    forceCloseConnections: 'idle',
    // Node takes no longer line: our own routes say what they do not know, however long its name.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384, onBadUrl: refuseUrl },
  });
  mount(server, parts);
  let stopping = false;
  // Else the connection would be kept for the client's next request, and the server with it.
  server.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });

  return {
    async start() {
      try {
        return await server.listen({ host: parts.host, port: parts.port });
      } catch (thrown) {
        throw asConfigError(thrown, parts);
      }
    },
    async stop() {
      stopping = true;
      const ended = new AbortController();
      void parts.clock.sleep(graceMs, ended.signal).then(() => {
        if (!ended.signal.aborted) server.server.closeAllConnections();
      });
      try {
        await server.close();
      } finally {
        ended.abort();
      }
    },
  };
}

function mount(server: FastifyInstance, parts: ServerParts): void {
  const limits = { ...defaultLimits, ...parts.limits };
  const viewOf = createCatalogViews();
  const nothingArrived: Arrivals = new Map();
  const latestPosts = () => viewOf(parts.catalog()).latest(parts.arrivals?.() ?? nothingArrived, parts.clock.now());
  addSecurityHeaders(server);
  addErrorAnswers(server, parts);
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    parts.metrics.requested(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
  });

  server.register(routes((scope) => addOperatorRoutes(scope, parts)));
  server.register(routes((scope) => addWebhookRoutes(scope, parts.webhooks)));
  server.register(
    routes((scope) => {
      scope.register(fastifyRateLimit, {
        max: limits.readsPerMinute,
        timeWindow: 60_000,
        keyGenerator: ({ ip }) => clientKey(ip),
        errorResponseBuilder: (_request, { ttl, statusCode }) =>
          Object.assign(new Error(`too many requests; try again in ${Math.ceil(ttl / 1000)} s`), { statusCode }),
      });
      scope.register(routes((inner) => addApiRoutes(inner, parts, latestPosts, () => viewOf(parts.catalog()))));
      scope.register(routes((inner) => addFeedRoutes(inner, parts, latestPosts)));
      if (parts.covers) addCoverRoutes(scope, parts.covers);
      scope.register(routes((inner) => addSiteRoutes(inner, parts)));
      addOpenRoutes(scope, parts);
      const { admin } = parts;
      if (admin) scope.register(routes((inner) => addAdminRoutes(inner, admin, parts)));
      scope.register(routes((inner) => addChatRoutes(inner, parts, limits)));
      const { book } = parts;
      if (book) scope.register(routes((inner) => addSubscriptionRoutes(inner, { ...parts, book }, limits)));
      const { push } = parts.webChannel;
      if (push) scope.register(routes((inner) => addPushRoutes(inner, push, limits)));
      scope.register(routes((inner) => addPageRoutes(inner, parts.widgetSites ?? ['*'])));
    }),
  );
}

/** A url that does not decode belongs to no route, so that the error handler never sees it. */
function refuseUrl(_path: string, _request: unknown, response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ error: 'the url is malformed' }));
}

function asConfigError(thrown: unknown, { host, port }: ServerParts): unknown {
  const code = codeOf(thrown);
  if (code === 'EADDRINUSE') {
    return new ConfigError(`PORT ${port} on ${host} is taken by another program; choose another, or 0 for a free one`);
  }
  if (code === 'EACCES') return new ConfigError(`PORT ${port} is reserved for the system; choose one above 1023`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ConfigError(`HOST ${host} is no address of this machine; use 127.0.0.1, or 0.0.0.0 for all`);
  }
  return thrown;
}
