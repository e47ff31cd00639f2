import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import { webPush } from '../../kernel/packages-on-demand.ts';

/** By which push services know us (RFC 8292): a key pair on P-256, in base64url. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const name = 'web.vapid-keys';

/** The keys that are kept; made the first time, by one process for all. Other keys would end every endpoint there is. */
export async function keptVapidKeys(values: KeyValueStore): Promise<VapidKeys> {
  const known = await values.get(name);
  if (known === undefined) await values.putIfAbsent(name, JSON.stringify(webPush().generateVAPIDKeys()));
  return JSON.parse(known ?? (await values.get(name)) ?? '');
}
