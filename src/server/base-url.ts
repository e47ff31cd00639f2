import type { FastifyRequest } from 'fastify';

/**
 * Where the reader reaches us, without a slash at the end: what the operator says, else the host that
 * the request names. That one is the client's word, fit for links in an answer to the same client only.
 */
export function baseUrl(request: FastifyRequest, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const named = `${request.protocol}://${request.host}`;
  return URL.canParse(named) ? new URL(named).origin : 'http://localhost';
}
