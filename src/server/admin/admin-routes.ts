import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import type { Catalog, Post } from '../../posts/post.ts';
import { postWithId } from '../../posts/post-with-id.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import { baseUrl } from '../base-url.ts';
import { builtStylesheet } from '../built-stylesheet.ts';
import { preferredLanguage } from '../preferred-language.ts';
import { routes } from '../routes.ts';
import { contentSecurityPolicy } from '../security-headers.ts';
import { type AdminSources, adminFigures } from './admin-figures.ts';
import { type AdminFrame, dashboardPage, signedOutPage, signInPage } from './admin-page.ts';
import type { AdminSessions } from './admin-sessions.ts';
import type { CardPreview } from './card-previews.ts';
import { previewPage } from './preview-page.ts';

/** What the dashboard is made of. */
export interface AdminParts extends AdminSources {
  readonly sessions: AdminSessions;
  /** How the announcement of a post looks in each place; nothing is previewed where absent. */
  readonly previewsOf?: (post: Post, language: Language) => readonly CardPreview[];
}

/** Where a one-time link leads. */
export function signInPath(token: string): string {
  return `/admin/sign-in?token=${encodeURIComponent(token)}`;
}

/** `__Host-` binds the cookie to this very host; Lax, since people come by a link from a chat. */
const cookieName = '__Host-postbell-admin';
const cookieTraits = 'Secure; HttpOnly; SameSite=Lax; Path=/';

/** The author's dashboard, for those with a session. */
export function addAdminRoutes(
  server: FastifyInstance,
  admin: AdminParts,
  around: { readonly catalog: () => Catalog; readonly clock: Clock; readonly publicUrl?: string | undefined },
): void {
  const { sessions, desk } = admin;
  const stylesheet = builtStylesheet('styles/admin.css');
  const frameOf = (request: FastifyRequest): AdminFrame => ({
    stylesheet,
    language: preferredLanguage(request) ?? 'en',
  });

  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });

  server.addHook('onRequest', async (request, reply) => {
    reply.type('text/html; charset=utf-8').headers({
      'content-security-policy': contentSecurityPolicy("'none'"),
      'cache-control': 'no-store',
    });
    if (request.method === 'POST' && !isFromOurPage(request, baseUrl(request, around.publicUrl))) {
      return reply
        .code(403)
        .type('application/json')
        .send({ error: 'this may be done from the dashboard itself only' });
    }
  });

  server.get<{ Querystring: { token?: string } }>('/admin/sign-in', {
    schema: { querystring: { type: 'object', properties: { token: { type: 'string', maxLength: 100 } } } },
    handler: async (request, reply) => reply.send(signInPage(request.query.token ?? '', frameOf(request))),
  });

  server.post<{ Body: { token: string } }>('/admin/sign-in', {
    schema: {
      body: { type: 'object', required: ['token'], properties: { token: { type: 'string', maxLength: 100 } } },
    },
    config: { rateLimit: { max: 10, timeWindow: 60_000 } },
    handler: async (request, reply) => {
      const session = await sessions.redeem(request.body.token);
      if (session === undefined) return reply.code(403).send(signedOutPage('link-used', frameOf(request)));
      return reply
        .header('set-cookie', `${cookieName}=${session}; ${cookieTraits}; Max-Age=604800`)
        .redirect('/admin', 303);
    },
  });

  const addSignedInRoutes = (signedIn: FastifyInstance) => {
    signedIn.addHook('preHandler', async (request, reply) => {
      const session = sessionOf(request);
      if (session === undefined || !(await sessions.isOpen(session))) {
        return reply.code(401).send(signedOutPage('no-session', frameOf(request)));
      }
    });

    signedIn.get('/admin', async (request, reply) => {
      const figures = await adminFigures(around.catalog(), admin, around.clock.now());
      return reply.send(dashboardPage(figures, desk !== undefined, frameOf(request)));
    });

    signedIn.get<{ Querystring: { post?: string } }>('/admin/preview', async (request, reply) => {
      const { posts } = around.catalog();
      const frame = frameOf(request);
      const shown = postWithId(around.catalog(), request.query.post ?? '') ?? posts[0];
      const previews = shown && admin.previewsOf ? admin.previewsOf(shown, frame.language) : [];
      return reply.send(previewPage(posts, shown, previews, frame));
    });

    const act = (name: string, action: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
      signedIn.post(`/admin/${name}`, async (request, reply) => {
        await action(request, reply);
        return reply.redirect('/admin', 303);
      });
    act('sign-out', async (request, reply) => {
      await sessions.close(sessionOf(request) ?? '');
      reply.header('set-cookie', `${cookieName}=; ${cookieTraits}; Max-Age=0`);
    });
    if (!desk) return;
    act('announce', () => desk.decide('announced'));
    act('discard', () => desk.decide('discarded'));
    act('retry', () => desk.retryFailures());
    act('reload', () => desk.reload(AbortSignal.timeout(60_000)));
  };
  server.register(routes(addSignedInRoutes));
}

/** Browsers say where a request was made; old ones name the origin at least. Other sites can forge neither. */
function isFromOurPage({ headers }: FastifyRequest, base: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === new URL(base).origin : site === 'same-origin';
}

function sessionOf({ headers }: FastifyRequest): string | undefined {
  const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}
