import type { Deliverer, DeliveryOutcome } from '../../announce/deliverer.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log, Trace } from '../../kernel/log.ts';
import { formatAddress } from '../../subscribers/address.ts';
import type { ApiResult } from '../tencent/api-result.ts';
import { type ApiAnswer, type PlatformApi, request } from '../tencent/platform-api.ts';
import type { Reply } from '../tencent/reply.ts';
import { type FailedAttempt, outcomeOfFailure } from './outcome-of.ts';
import { messageBody, type RenderOptions, renderAnnouncement, robotBody } from './render.ts';
import type { Robots } from './robots.ts';

/** WeCom's rule for one group robot. */
const robotMessagesPerMinute = 20;
/** WeCom drops what goes beyond 30 messages a minute to one member, and says nothing. */
const memberMessagesPerSecond = 0.45;
/**
 * The same message to the same member within half an hour is dropped by WeCom, so that a repeat of ours is harmless.
 * For announcements only: who asks the same twice is to be answered twice.
 */
const onceOnly = { enable_duplicate_check: 1, duplicate_check_interval: 1_800 };

export interface WecomDelivererParts {
  readonly api: PlatformApi;
  readonly agentId: number;
  readonly robots: Robots;
  readonly render: RenderOptions;
  readonly clock: Clock;
  readonly log: Log;
}

export interface WecomDeliverer extends Deliverer {
  /** Sends a message of the app to one member; whether it arrived or may have. */
  push(member: string, reply: Reply, trace: Trace): Promise<boolean>;
  /** What an operator must mend before messages can go; undefined when all is well. */
  fault(): string | undefined;
}

/** Takes announcements to members of the corporation, and to group robots. */
export function createWecomDeliverer({
  api,
  agentId,
  robots,
  render,
  clock,
  log,
}: WecomDelivererParts): WecomDeliverer {
  let fault: string | undefined;

  const failed = ({ outcome, mend }: FailedAttempt, trace: Trace): DeliveryOutcome => {
    if (mend && 'reason' in outcome) {
      fault = `${outcome.reason}; ${mend}`;
      log.error({ ...trace, reason: outcome.reason, mend }, 'WeCom takes no messages until this is mended');
    }
    return outcome;
  };

  const outcomeOf = (result: ApiResult<ApiAnswer>, trace: Trace): DeliveryOutcome => {
    if (!result.ok) return failed(outcomeOfFailure(result, clock.now()), trace);
    fault = undefined;
    const { invaliduser, unlicenseduser, msgid } = result.value;
    // WeCom answers "ok" although there was nobody to send to.
    if (invaliduser || unlicenseduser)
      return { kind: 'gone', reason: 'no longer a member, or out of sight of the app' };
    return { kind: 'delivered', ...(typeof msgid === 'string' && { messageId: msgid }) };
  };

  /** A robot has limits of its own, and says nothing of the app. */
  const robotOutcome = (result: ApiResult<ApiAnswer>): DeliveryOutcome => {
    if (result.ok) return { kind: 'delivered' };
    const { outcome } = outcomeOfFailure(result, clock.now());
    return outcome.kind === 'retry' && result.kind === 'refused' ? { ...outcome, scope: 'chat' } : outcome;
  };

  const sendToMember = async (
    member: string,
    reply: Exclude<Reply, { kind: 'none' }>,
    trace: Trace,
    checks: object = {},
  ): Promise<DeliveryOutcome> => {
    if (!isMember(member)) return { kind: 'gone', reason: 'the address names no single member' };
    const receiver = { touser: member, agentid: agentId };
    return outcomeOf(await api.call('/cgi-bin/message/send', { ...receiver, ...messageBody(reply), ...checks }), trace);
  };

  return {
    channel: 'wecom',
    pace: { perChatSecond: memberMessagesPerSecond, perGroupMinute: robotMessagesPerMinute },
    isGroup: (address) => robots.isRobot(address),

    async deliver({ id, address, message }) {
      const trace = { delivery: id };
      if (robots.isRobot(address)) {
        const webhook = robots.webhookOf(address);
        if (webhook === undefined) return { kind: 'gone', reason: 'the robot is no longer in WECOM_ROBOT_WEBHOOKS' };
        return robotOutcome(await request(webhook, robotBody(message, render)));
      }
      const reply = renderAnnouncement(message, render);
      if (reply.kind === 'none') return { kind: 'rejected', reason: 'nothing to say' };
      const outcome = await sendToMember(address.chat, reply, trace, onceOnly);
      log.debug({ ...trace, address: formatAddress(address), outcome: outcome.kind }, 'announced');
      return outcome;
    },

    async push(member, reply, trace) {
      if (reply.kind === 'none') return true;
      const { kind } = await sendToMember(member, reply, trace);
      return kind === 'delivered' || kind === 'unknown';
    },

    fault: () => fault,
  };
}

/** One member: `|` parts several, and `@all` would be everybody. */
function isMember(id: string): boolean {
  return /^[^|\s]{1,64}$/.test(id) && id.toLowerCase() !== '@all';
}
