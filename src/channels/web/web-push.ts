import type { Agent } from 'undici';
import type { DeliveryOutcome, OutgoingDelivery } from '../../announce/deliverer.ts';
import type { Clock } from '../../kernel/clock.ts';
import { createGuardedAgent } from '../../kernel/guarded-agent.ts';
import type { Log } from '../../kernel/log.ts';
import { undici, webPush } from '../../kernel/packages-on-demand.ts';
import type { Address } from '../../subscribers/address.ts';
import type { PushEndpoint, PushEndpoints } from '../../subscribers/push-endpoint.ts';
import { pushEndpointFault } from './push-endpoint-fault.ts';
import { pushNotice } from './push-notice.ts';
import { type PushAnswer, type PushOutcome, pushFailureOf, pushOutcomeOf } from './push-outcome-of.ts';
import type { VapidKeys } from './vapid-keys.ts';

export interface WebPushOptions {
  readonly endpoints: PushEndpoints;
  readonly keys: () => Promise<VapidKeys>;
  /** Whom a push service may turn to: a `mailto:` or https address (RFC 8292, 2.1). */
  readonly contact: string;
  /** Whether push services may stand in private networks, and speak plain http. */
  readonly allowPrivateNetwork: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Notifications of browsers, for those who are not looking at the page. */
export interface WebPush {
  /** By which a page names us to its push service. */
  publicKey(): Promise<string>;
  /** Notifies this browser from now on, if the visitor subscribes to something. */
  switchOn(
    visitor: Address,
    endpoint: PushEndpoint,
  ): Promise<
    { readonly kind: 'on' } | { readonly kind: 'no-subscription' } | { readonly kind: 'fault'; fault: string }
  >;
  switchOff(visitor: Address): Promise<void>;
  /** Notifies the address if it takes notifications; what ended at the push service is no failure of the delivery. */
  notify(delivery: OutgoingDelivery, signal: AbortSignal): Promise<DeliveryOutcome>;
}

/** How long a push service keeps a notification for a browser that is switched off, in seconds: a week. */
const timeToLive = 7 * 24 * 60 * 60;
const limits = { timeoutMs: 30_000, largest: 64 * 1024 };

export function createWebPush(options: WebPushOptions): WebPush {
  const { endpoints, keys, contact, allowPrivateNetwork, clock, log } = options;
  let made: Agent | undefined;
  const agent = () => {
    made ??= createGuardedAgent(limits, { privateNetwork: allowPrivateNetwork, places: new Set() });
    return made;
  };

  async function send(endpoint: PushEndpoint, delivery: OutgoingDelivery, signal: AbortSignal): Promise<PushOutcome> {
    const notice = pushNotice(delivery);
    const { url, p256dh, auth } = endpoint;
    const { headers, body } = webPush().generateRequestDetails(
      { endpoint: url, keys: { p256dh, auth } },
      JSON.stringify(notice),
      {
        vapidDetails: { subject: contact, ...(await keys()) },
        contentEncoding: 'aes128gcm',
        TTL: timeToLive,
        // While it waits at the push service, a repeat takes its place (RFC 8030, 5.4).
        topic: notice.tag,
      },
    );
    try {
      return pushOutcomeOf(await post(url, headers, body, signal), clock.now());
    } catch (thrown) {
      return pushFailureOf(thrown, clock.now());
    }
  }

  async function post(
    url: string,
    headers: Record<string, string>,
    body: Buffer | null,
    signal: AbortSignal,
  ): Promise<PushAnswer> {
    const { 'Content-Length': _, ...kept } = headers;
    // A redirect is an answer like any other that is none of ours: nothing leads away from what was checked.
    const request = { method: 'POST', headers: kept, body, signal, dispatcher: agent(), redirect: 'manual' } as const;
    const response = await undici().fetch(url, request);
    await response.body?.cancel();
    return { status: response.status, retryAfter: response.headers.get('retry-after') ?? undefined };
  }

  return {
    publicKey: async () => (await keys()).publicKey,

    async switchOn(visitor, endpoint) {
      const fault = pushEndpointFault(endpoint, allowPrivateNetwork);
      if (fault !== undefined) return { kind: 'fault', fault };
      return { kind: (await endpoints.put(visitor, endpoint)) ? 'on' : 'no-subscription' };
    },

    switchOff: (visitor) => endpoints.remove(visitor),

    async notify(delivery, signal) {
      const { address } = delivery;
      const endpoint = await endpoints.find(address);
      if (!endpoint) return { kind: 'delivered' };
      const outcome = await send(endpoint, delivery, signal);
      // Refused even without ornament: this service takes nothing of ours, and will not the next time.
      const hopeless = outcome.kind === 'rejected' && delivery.plain;
      if (outcome.kind === 'ended' || hopeless) {
        await endpoints.remove(address, endpoint.url);
        log.info({ delivery: delivery.id, reason: outcome.reason }, 'a browser takes no more notifications');
      }
      return outcome.kind === 'ended' ? { kind: 'delivered' } : outcome;
    },
  };
}
