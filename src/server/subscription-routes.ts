import type { FastifyInstance, FastifyRequest } from 'fastify';
import { argumentOf } from '../conversation/subscription-words.ts';
import type { Address } from '../subscribers/address.ts';
import type { Language, Subscription } from '../subscribers/subscriber.ts';
import type { SubscriberBook } from '../subscribers/subscriber-book.ts';
import { preferredLanguage } from './preferred-language.ts';
import type { ServerLimits, ServerParts } from './server-parts.ts';
import { visitorOf } from './visitor-of.ts';

const text = { type: 'string', minLength: 1, maxLength: 500 };
const kindOf = (kind: string, rest: Readonly<Record<string, object>> = {}) => ({
  type: 'object',
  required: ['kind', ...Object.keys(rest)],
  properties: { kind: { const: kind }, ...rest },
});

const changeBody = {
  type: 'object',
  required: ['subscription', 'wanted'],
  properties: {
    wanted: { type: 'boolean' },
    subscription: {
      oneOf: [kindOf('everything'), kindOf('category', { category: text }), kindOf('query', { query: text })],
    },
  },
};

interface Change {
  readonly subscription: Subscription;
  readonly wanted: boolean;
}

interface Person {
  readonly address: Address;
  readonly language: Language | undefined;
}

/** Of the server's parts, those that this needs. */
interface SubscriptionParts extends Pick<ServerParts, 'webChannel' | 'telegramUser'> {
  readonly book: SubscriberBook;
}

const nobody = { error: 'send who you are as "Authorization: Bearer", or as "tma" with the initData of the Mini App' };

/**
 * What whoever asks subscribes to, to be seen and changed at a tap: a visitor of the page, or the user whom Telegram
 * vouches for (`Authorization: tma <initData>`). A change goes the way of the command that says the same.
 */
export function addSubscriptionRoutes(
  server: FastifyInstance,
  { book, webChannel, telegramUser }: SubscriptionParts,
  limits: ServerLimits,
): void {
  const personOf = (request: FastifyRequest): Person | undefined => {
    const [, initData] = /^tma (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const user = initData === undefined ? undefined : telegramUser?.(initData);
    const address = initData === undefined ? visitorOf(request) : user?.address;
    // The page sends the language that it speaks itself.
    return address && { address, language: preferredLanguage(request) ?? user?.language };
  };
  const subscriptionsOf = async ({ address }: Person) => (await book.find(address))?.subscriptions ?? [];

  server.get('/api/subscriptions', async (request, reply) => {
    const person = personOf(request);
    if (!person) return reply.code(401).send(nobody);
    return reply.header('cache-control', 'no-store').send({ subscriptions: await subscriptionsOf(person) });
  });

  server.post<{ Body: Change }>('/api/subscriptions', {
    schema: { body: changeBody },
    config: { rateLimit: { max: limits.chatsPerMinute, timeWindow: 60_000 } },
    handler: async (request, reply) => {
      const person = personOf(request);
      if (!person) return reply.code(401).send(nobody);
      const { subscription, wanted } = request.body;
      const name = wanted ? 'subscribe' : 'unsubscribe';
      const command = { name, argument: argumentOf(subscription), page: 0 } as const;
      const said = await webChannel.answer(person.address, { input: { command }, language: person.language });
      if (!said) return reply.code(503).header('retry-after', 2).send({ error: 'the chat is not running' });
      return { subscriptions: await subscriptionsOf(person), said: said.text };
    },
  });
}
