import type { FastifyRequest } from 'fastify';
import { type Language, languages } from '../subscribers/subscriber.ts';

/**
 * The language of ours that the browser names first in Accept-Language (RFC 9110, 12.5.4; browsers send the
 * list in order); undefined if it names none.
 */
export function preferredLanguage({ headers }: FastifyRequest): Language | undefined {
  const wanted = (headers['accept-language'] ?? '').slice(0, 500).toLowerCase().split(',');
  return wanted.flatMap((tag) => languages.find((language) => tag.trim().startsWith(language)) ?? [])[0];
}
