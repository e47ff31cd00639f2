import type { FastifyReply, FastifyRequest } from 'fastify';
import { baseUrl } from './base-url.ts';
import { builtStylesheet } from './built-stylesheet.ts';
import type { PageFrame } from './post-page.ts';
import { preferredLanguage } from './preferred-language.ts';
import { contentSecurityPolicy } from './security-headers.ts';

/** Makes the surroundings of the pages that the server renders, and gives an answer the headers of one. */
export function pageFrames(publicUrl: string | undefined): (request: FastifyRequest, reply: FastifyReply) => PageFrame {
  const stylesheet = builtStylesheet('styles/post.css');
  return (request, reply) => {
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', contentSecurityPolicy("'none'"))
      .header('vary', 'accept-language');
    return { base: baseUrl(request, publicUrl), stylesheet, language: preferredLanguage(request) ?? 'en' };
  };
}
