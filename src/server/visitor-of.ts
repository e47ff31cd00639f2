import type { FastifyRequest } from 'fastify';
import { visitorAddress } from '../channels/web/visitor.ts';
import type { Address } from '../subscribers/address.ts';

/**
 * Who asks. The visitor's secret comes as `Authorization: Bearer`: never in a url, where proxies would log it, and
 * never as a cookie, so that no other site can speak in the visitor's name.
 */
export function visitorOf({ headers }: FastifyRequest): Address | undefined {
  const [, secret] = /^Bearer ([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  return secret === undefined ? undefined : visitorAddress(secret);
}

export const noVisitor = { error: 'send the visitor id as "Authorization: Bearer", 22 to 64 characters of base64url' };
