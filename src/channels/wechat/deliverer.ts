import type { Deliverer, DeliveryOutcome, OutgoingDelivery } from '../../announce/deliverer.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log, Trace } from '../../kernel/log.ts';
import type { Message } from '../../message/message.ts';
import { formatAddress } from '../../subscribers/address.ts';
import type { ApiResult } from '../tencent/api-result.ts';
import type { ApiAnswer, PlatformApi } from '../tencent/platform-api.ts';
import type { Reply } from '../tencent/reply.ts';
import type { Bars } from './bars.ts';
import type { Consents } from './consents.ts';
import type { KeptNews } from './kept-news.ts';
import { type NoticeTemplate, noticeData, noticeUrl } from './notices.ts';
import { reactionTo } from './outcome-of.ts';
import type { PushWindow } from './push-window.ts';

/** The ways to a reader, in the order in which they are tried; what none takes is kept. */
export type Way = 'customer-service' | 'notice' | 'template';

/** How long a template message's fate may take to come back. */
const templateResultMs = 24 * 3_600_000;

export interface WechatDelivererParts {
  /** Absent without an app secret: then nothing can be pushed. */
  readonly api?: PlatformApi;
  readonly window: PushWindow;
  readonly consents: Consents;
  readonly bars: Bars;
  readonly kept: KeptNews;
  readonly values: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  /** A subscription notification (订阅通知): one for each consent. */
  readonly notice?: NoticeTemplate;
  /** A template message (模板消息), for verified service accounts. */
  readonly template?: NoticeTemplate;
  /** The announcement as one customer-service message. */
  render(message: Message): Reply;
}

/** Takes announcements to readers, and late answers with them. */
export interface WechatDeliverer extends Deliverer {
  /** Whether the account may, as far as is known, send customer-service messages. */
  mayPush(): Promise<boolean>;
  /** Sends a customer-service message; whether it arrived or may have. */
  push(reader: string, reply: Reply, trace: Trace): Promise<boolean>;
  /** What WeChat tells of a template message that it took: one that failed is kept for the reader instead. */
  settleTemplate(messageId: string, delivered: boolean): Promise<void>;
}

/**
 * Delivered means: pushed where the account's permission and the reader's state allow it, else kept and given
 * with the reader's next message. `messageId` says which: `customer-service`, `notice`, `template:ID` or `kept`.
 */
export function createWechatDeliverer(parts: WechatDelivererParts): WechatDeliverer {
  const { api, window, consents, bars, values, clock, log } = parts;

  /** What came of one way: an outcome, or undefined where the next is to be tried. */
  const outcomeOf = async (
    way: Way,
    reader: string,
    result: ApiResult<ApiAnswer>,
    trace: Trace,
  ): Promise<DeliveryOutcome | undefined> => {
    if (result.ok) return { kind: 'delivered', messageId: way };
    const reaction = reactionTo(result);
    const { reason } = result;
    switch (reaction.kind) {
      case 'sent':
        return { kind: 'delivered', messageId: way };
      case 'gone':
        return { kind: 'gone', reason };
      case 'unknown':
        return { kind: 'unknown', reason };
      case 'wait':
        return { kind: 'retry', notBefore: new Date(clock.now().getTime() + reaction.ms), reason, scope: 'channel' };
      case 'closed':
        if (way === 'customer-service') await window.close(reader);
        if (way === 'notice' && parts.notice) await consents.revoke(reader, parts.notice.id);
        return undefined;
      case 'barred':
        await bars.set(way, reaction, reason, trace);
        return undefined;
      case 'defect':
        log.error({ ...trace, way, reason }, 'WeChat refused a message that we should have made differently');
        return undefined;
    }
  };

  const byCustomerService = async (reader: string, message: Message, trace: Trace) => {
    if (!api || !(await window.isOpen(reader)) || (await bars.isSet('customer-service'))) return undefined;
    return sendCustomerService(api, reader, parts.render(message), trace);
  };

  const sendCustomerService = async (to: PlatformApi, reader: string, reply: Reply, trace: Trace) => {
    const result = await to.call('/cgi-bin/message/custom/send', customerServiceBody(reader, reply));
    if (result.ok) await window.used(reader);
    return outcomeOf('customer-service', reader, result, trace);
  };

  const byNotice = async (reader: string, message: Message, trace: Trace) => {
    const { notice } = parts;
    if (!api || !notice || !(await consents.has(reader, notice.id)) || (await bars.isSet('notice'))) return undefined;
    const result = await api.call('/cgi-bin/message/subscribe/bizsend', {
      touser: reader,
      template_id: notice.id,
      page: noticeUrl(message),
      data: noticeData(message, notice, clock.now()),
    });
    if (result.ok) await consents.use(reader, notice.id);
    return outcomeOf('notice', reader, result, trace);
  };

  const byTemplate = async ({ id, address, message }: OutgoingDelivery) => {
    const { template } = parts;
    if (!api || !template || (await bars.isSet('template'))) return undefined;
    const result = await api.call('/cgi-bin/message/template/send', {
      touser: address.chat,
      template_id: template.id,
      url: noticeUrl(message),
      // A repeat of ours is known by it and not sent twice.
      client_msg_id: id.slice(0, 32),
      data: noticeData(message, template, clock.now()),
    });
    const outcome = await outcomeOf('template', address.chat, result, { delivery: id });
    const messageId = result.ok ? String(result.value.msgid ?? '') : '';
    if (outcome?.kind !== 'delivered' || messageId === '') return outcome;
    const kept = JSON.stringify({ id, address, message } satisfies OutgoingDelivery);
    await values.put(`wechat.template:${messageId}`, kept, new Date(clock.now().getTime() + templateResultMs));
    return { ...outcome, messageId: `template:${messageId}` };
  };

  const keep = async ({ id, address, message }: OutgoingDelivery): Promise<DeliveryOutcome> => {
    await parts.kept.put(address, id, message, clock.now());
    return { kind: 'delivered', messageId: 'kept' };
  };

  return {
    channel: 'wechat',
    pace: {},

    async deliver(delivery) {
      const { address, message } = delivery;
      const trace = { delivery: delivery.id };
      const outcome =
        (await byCustomerService(address.chat, message, trace)) ??
        (await byNotice(address.chat, message, trace)) ??
        (await byTemplate(delivery)) ??
        (await keep(delivery));
      log.info({ ...trace, address: formatAddress(address), ...outcome }, 'announced');
      return outcome;
    },

    mayPush: async () => api !== undefined && !(await bars.isSet('customer-service')),

    async push(reader, reply, trace) {
      if (!api || reply.kind === 'none') return reply.kind === 'none';
      const outcome = await sendCustomerService(api, reader, reply, trace);
      return outcome?.kind === 'delivered' || outcome?.kind === 'unknown';
    },

    async settleTemplate(messageId, delivered) {
      const key = `wechat.template:${messageId}`;
      const kept = await values.get(key);
      if (kept === undefined) return;
      if (!delivered) await keep(JSON.parse(kept));
      await values.remove(key);
    },
  };
}

/** 客服消息: a text, or one article; more than one are refused. */
function customerServiceBody(reader: string, reply: Reply): object {
  const [article] = reply.kind === 'news' ? reply.articles : [];
  if (!article)
    return { touser: reader, msgtype: 'text', text: { content: reply.kind === 'text' ? reply.content : '' } };
  const { title, description, url, picture } = article;
  return {
    touser: reader,
    msgtype: 'news',
    news: { articles: [{ title, description, ...(url && { url }), ...(picture && { picurl: picture }) }] },
  };
}
