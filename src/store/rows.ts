import type { Insertable, Selectable } from 'kysely';
import { type Address, formatAddress, parseAddress } from '../subscribers/address.ts';
import type { Settings } from '../subscribers/settings.ts';
import { languages, type Subscriber, type Subscription } from '../subscribers/subscriber.ts';
import type { Tables } from './schema.ts';

/** Names a chat with all its topics: what pauses, limits and moves are about. */
export function chatKey({ channel, chat }: Address): string {
  return `${channel}:${chat}`;
}

export function subscriberOf(row: Selectable<Tables['subscribers']>): Subscriber {
  const language = languages.find((one) => one === row.language);
  return {
    address: parseAddress(row.address),
    subscriptions: subscriptionsOf(row.subscriptions),
    ...(language && { language }),
    state: row.state,
    since: new Date(row.since),
    ...(row.settings !== null && { settings: settingsOf(row.settings) }),
  };
}

export function subscriberRow(subscriber: Subscriber): Insertable<Tables['subscribers']> {
  const { address, subscriptions, language, state, since, settings } = subscriber;
  return {
    address: formatAddress(address),
    chat_key: chatKey(address),
    state,
    language: language ?? null,
    subscriptions: JSON.stringify(subscriptions),
    settings: settings ? JSON.stringify(settings) : null,
    since: since.getTime(),
  };
}

/** From a JSON column. */
export function subscriptionsOf(json: string): readonly Subscription[] {
  return JSON.parse(json);
}

/** From a JSON column. */
function settingsOf(json: string): Settings {
  const { pausedUntil, ...settings } = JSON.parse(json);
  return { ...settings, ...(pausedUntil && { pausedUntil: new Date(pausedUntil) }) };
}

/** Lists too long for one statement are handled in parts; all databases take so many values at once. */
export function inChunks<T>(list: readonly T[], size = 500): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, at) => list.slice(at * size, (at + 1) * size));
}
