import fc from 'fast-check';
import { miniAppUser } from '../../../src/channels/telegram/init-data.ts';
import { signInitData } from '../../support/telegram/sign-init-data.ts';

const token = '123456789:AAF-not-a-real-token_for-tests-0000000';
const opened = new Date(1764000000 * 1000);
const later = (ms: number) => new Date(opened.getTime() + ms);
const fields = {
  auth_date: '1764000000',
  chat_type: 'private',
  user: '{"id":42,"first_name":"a","language_code":"zh-hans"}',
};

describe('the initData of a Mini App', () => {
  // Accepted by another implementation as well (@tma.js/init-data-node 2.0.8): a name with + and Chinese, a signature.
  const real =
    'auth_date=1764000000&chat_type=private&chat_instance=-1&user=%7B%22id%22%3A42%2C%22first_name%22%3A%22a%2Bb%20%E4%B8%AD%22%7D&signature=c2ln&hash=a64fb8f0451361e3a844b1d7a1d264df57f8314f617759a92a508f14f756a619';

  it('names the private chat of the user whom Telegram vouches for', () => {
    expect(miniAppUser(real, token, opened)).toEqual({
      address: { channel: 'telegram', chat: '42' },
      language: undefined,
    });
    expect(miniAppUser(signInitData(fields, token), token, opened)?.language).toBe('zh');
  });

  it.each([
    ['made with the arguments of the HMAC swapped', real.replace(/hash=.*/, `hash=9cccac6f${'0'.repeat(56)}`)],
    ['without a hash', real.replace(/&hash=.*/, '')],
    ['with a short hash', real.replace(/hash=.*/, 'hash=a64f')],
    ['with a field changed', real.replace('id%22%3A42', 'id%22%3A43')],
    ['with a field left out', real.replace('&signature=c2ln', '')],
    ['with a field more', `${real}&query_id=1`],
    ['with a field twice', `auth_date=1764000000&${real}`],
    ['for another bot', signInitData(fields, '123456789:AAF-another-token')],
    ['of no user', signInitData({ auth_date: fields.auth_date }, token)],
    ['of a user who is none', signInitData({ ...fields, user: '{"id":"42"}' }, token)],
    ['of a group', signInitData({ ...fields, user: '{"id":-100}' }, token)],
    ['with a user that is no JSON', signInitData({ ...fields, user: '{' }, token)],
    ['without a time', signInitData({ user: fields.user }, token)],
    ['that is far too long', signInitData({ ...fields, start_param: 'x'.repeat(10_000) }, token)],
    ['that is empty', ''],
  ])('is refused %s', (_what, initData) => {
    expect(miniAppUser(initData, token, opened)).toBeUndefined();
  });

  it('is good for an hour, and not before its time', () => {
    const initData = signInitData(fields, token);
    expect(miniAppUser(initData, token, later(60 * 60_000))).toBeDefined();
    expect(miniAppUser(initData, token, later(60 * 60_000 + 1_000))).toBeUndefined();
    // Clocks differ by seconds, not by minutes.
    expect(miniAppUser(initData, token, later(-30_000))).toBeDefined();
    expect(miniAppUser(initData, token, later(-120_000))).toBeUndefined();
  });

  it('never lets anybody in by chance, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webQueryParameters()), (initData) => {
        expect(miniAppUser(initData, token, opened)).toBeUndefined();
      }),
    );
  });

  it('counts every field, whatever is in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,10}$/), fc.string({ unit: 'grapheme' })), (others) => {
        const { hash: _, ...more } = others;
        expect(miniAppUser(signInitData({ ...more, ...fields }, token), token, opened)?.address.chat).toBe('42');
      }),
    );
  });
});
