import { createAdminNotices } from '../../src/announce/admin-notices.ts';
import type { DeliveryOutcome } from '../../src/announce/deliverer.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import { createTestDeliverer } from '../support/test-deliverer.ts';

const admins = ['telegram:1', 'telegram:2', 'wecom:3'].map(parseAddress);
const signal = new AbortController().signal;

function notices(answer?: (attempt: number) => DeliveryOutcome | undefined) {
  const telegram = createTestDeliverer({
    answer: ({ address }, attempt) => (address.chat === '1' ? answer?.(attempt) : undefined),
  });
  const notify = createAdminNotices({
    admins,
    deliverers: [telegram],
    messageFor: async ({ chat }) => ({ text: `for ${chat}`, cards: [], actions: [] }),
    clock: systemClock,
    log: silentLog,
  });
  return { telegram, notify: () => notify(signal) };
}

it('each admin is told once, where there is a way to reach them', async () => {
  const { telegram, notify } = notices();
  await notify();
  expect([...telegram.arrived].sort()).toEqual(['1: for 1', '2: for 2']);
});

it('a platform that asks to wait a moment is asked again', async () => {
  const { telegram, notify } = notices((attempt) =>
    attempt === 1 ? { kind: 'retry', notBefore: new Date(Date.now() + 5), reason: '429', scope: 'chat' } : undefined,
  );
  await notify();
  expect([...telegram.arrived].sort()).toEqual(['1: for 1', '2: for 2']);
});

it.each<[string, DeliveryOutcome]>([
  ['has blocked the bot', { kind: 'gone', reason: 'blocked' }],
  ['is to wait for hours', { kind: 'retry', notBefore: new Date(Date.now() + 9e6), reason: '429', scope: 'chat' }],
  ['may have got it', { kind: 'unknown', reason: 'reset' }],
])('an admin who %s is not told again, and the others are', async (_, outcome) => {
  const { telegram, notify } = notices(() => outcome);
  await notify();
  expect(telegram.attempts).toHaveLength(2);
  expect(telegram.arrived).toEqual(['2: for 2']);
});
