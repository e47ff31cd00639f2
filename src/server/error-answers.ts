import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { messageOf } from '../kernel/errors.ts';
import { pageFrames } from './page-frame.ts';
import { unknownPage } from './post-page.ts';
import type { ServerParts } from './server-parts.ts';

/** Whatever is refused or fails, as JSON: what a client gets, and what `/api` documents. */
interface ErrorDocument {
  /** One sentence that names the thing and the fault. */
  readonly error: string;
  /** The parameter or field at fault. */
  readonly parameter?: string;
  /** What the log calls a request that failed. */
  readonly request?: string;
}

/**
 * Refusals say what was wrong; faults of ours say nothing but that, and go to the log. Whoever follows a link that
 * leads nowhere gets a page that leads on.
 */
export function addErrorAnswers(
  server: FastifyInstance,
  { log, publicUrl }: Pick<ServerParts, 'log' | 'publicUrl'>,
): void {
  const frameOf = pageFrames(publicUrl);
  server.setNotFoundHandler(async (request, reply) => {
    if (isFollowedLink(request)) return reply.code(404).send(unknownPage('page', frameOf(request, reply)));
    return reply.code(404).send({ error: `there is no ${request.method} ${pathOf(request.url)}` });
  });

  server.setErrorHandler<FastifyError>(async (error, request, reply) => {
    // A route may have said that it answers with a page.
    reply.type('application/json; charset=utf-8');
    if (error.validation) return reply.code(400).send(refusalOf(error.validation));
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: messageOf(error) });
    log.error(
      { request: request.id, err: error, method: request.method, path: pathOf(request.url) },
      'a request failed',
    );
    return reply.code(500).send({ error: 'the server failed to answer this; its log says why', request: request.id });
  });
}

/** Browsers alone name HTML as what they would like to see, and only where a person goes. */
function isFollowedLink({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true && !url.startsWith('/api/');
}

function refusalOf([fault]: NonNullable<FastifyError['validation']>): ErrorDocument {
  const missing = fault?.params.missingProperty;
  if (typeof missing === 'string') return { error: `${missing} is missing`, parameter: missing };
  const parameter = fault?.instancePath.slice(1).replaceAll('/', '.');
  const error = `${parameter || 'the body'} ${fault?.message ?? 'is invalid'}`;
  return parameter ? { error, parameter } : { error };
}

/** Without the query, which may hold what a reader looks for. */
function pathOf(url: string): string {
  return url.replace(/[?#].*$/s, '').slice(0, 200);
}
