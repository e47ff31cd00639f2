import type { FastifyInstance } from 'fastify';
import type { ServerParts } from './server-parts.ts';

/** What machines ask about the process; never limited, since they ask often and from one place. */
export function addOperatorRoutes(
  server: FastifyInstance,
  { readiness, metrics, version }: Pick<ServerParts, 'readiness' | 'metrics' | 'version'>,
): void {
  server.get('/healthz', async () => ({ status: 'ok', version }));

  server.get('/readyz', async (_request, reply) => {
    const troubles = await readiness();
    return troubles.length === 0 ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', troubles });
  });

  server.get('/metrics', async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
