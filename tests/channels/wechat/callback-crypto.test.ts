import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createCallbackCipher, isEncodingAesKey } from '../../../src/channels/tencent/callback-cipher.ts';
import { sameSignature, signatureOf } from '../../../src/channels/tencent/callback-signature.ts';
import { createSalts } from '../../../src/channels/tencent/salts.ts';
import { createCallbackSeal } from '../../support/wechat/callback-seal.ts';

interface Signed {
  readonly id: string;
  readonly token: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt?: string;
  readonly signature: string;
}
interface Sealed {
  readonly id: string;
  readonly token?: string;
  readonly encodingAESKey: string;
  readonly receiveId: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly random?: string;
  readonly plaintext?: string;
  readonly encrypt: string;
  readonly msgSignature?: string;
  readonly pad?: number;
}

// Published by Tencent and in the test suites of public SDKs; each names its source.
const vectors: { signatures: Signed[]; encrypted: Sealed[] } = JSON.parse(
  readFileSync(new URL('./fixtures/vectors.json', import.meta.url), 'utf8'),
);
const decryptable = vectors.encrypted.filter(({ plaintext }) => plaintext !== undefined);
const encryptable = decryptable.filter(({ random }) => random !== undefined);

describe('signatures', () => {
  it.each(vectors.signatures)('are as published: $id', ({ token, timestamp, nonce, encrypt, signature }) => {
    const parts = [token, timestamp, nonce, ...(encrypt === undefined ? [] : [encrypt])];
    expect(signatureOf(parts)).toBe(signature);
  });

  it.each(vectors.encrypted.filter(({ msgSignature }) => msgSignature !== undefined))(
    'cover the ciphertext: $id',
    ({ token = '', timestamp = '', nonce = '', encrypt, msgSignature = '' }) => {
      expect(signatureOf([token, timestamp, nonce, encrypt])).toBe(msgSignature);
    },
  );

  it('do not depend on the order of their parts', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), (parts) => {
        expect(signatureOf(parts.toReversed())).toBe(signatureOf(parts));
      }),
    );
  });

  it('are compared whole', () => {
    expect(sameSignature('abc', 'abc')).toBe(true);
    expect(sameSignature('ab', 'abc')).toBe(false);
    expect(sameSignature('', 'abc')).toBe(false);
    expect(sameSignature('ABC', 'abc')).toBe(false);
  });
});

describe('encrypted messages', () => {
  it.each(decryptable)('open as published: $id', ({ encodingAESKey, receiveId, encrypt, plaintext }) => {
    expect(createCallbackCipher(encodingAESKey, receiveId).decrypt(encrypt)).toEqual({ ok: true, text: plaintext });
  });

  it.each(vectors.encrypted)('open for their receiver: $id', ({ encodingAESKey, receiveId, encrypt }) => {
    expect(createCallbackCipher(encodingAESKey, receiveId).decrypt(encrypt)).toMatchObject({ ok: true });
  });

  it.each(encryptable)('are sealed as published: $id', ({ encodingAESKey, receiveId, encrypt, plaintext, random }) => {
    const sealed = createCallbackCipher(encodingAESKey, receiveId).encrypt(plaintext ?? '', Buffer.from(random ?? ''));
    expect(sealed).toBe(encrypt);
  });

  it('with every padding from 1 to 32 bytes are among those published and opened', () => {
    const texts = Array.from({ length: 64 }, (_, length) => 'x'.repeat(length));
    const cipher = createCallbackCipher('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', 'wxb11529c136998cb6');
    const platform = createCallbackSeal('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', 'wxb11529c136998cb6');
    for (const text of texts) {
      expect(cipher.decrypt(platform.encrypt(text))).toEqual({ ok: true, text });
      expect(platform.decrypt(cipher.encrypt(text, Buffer.alloc(16, 7)))).toBe(text);
    }
  });

  it('open to what was sealed, whatever it is', () => {
    const cipher = createCallbackCipher('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', 'wx5823bf96d3bd56c7');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ minLength: 16, maxLength: 16 }), (text, salt) => {
        const sent = Buffer.from(text).toString();
        expect(cipher.decrypt(cipher.encrypt(sent, Buffer.from(salt)))).toEqual({ ok: true, text: sent });
      }),
    );
  });

  it('are padded as the platform expects, also where the text fills its blocks', () => {
    const platform = createCallbackSeal('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', 'wx5823bf96d3bd56c7');
    const cipher = createCallbackCipher('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', 'wx5823bf96d3bd56c7');
    for (let length = 0; length <= 64; length++) {
      // A text of 12 bytes has a length byte that equals the padding of other lengths.
      const text = 'x'.repeat(length);
      const sealed = cipher.encrypt(text, Buffer.alloc(16, 12));
      expect(Buffer.from(sealed, 'base64').length % 32).toBe(0);
      expect(platform.decrypt(sealed)).toBe(text);
      expect(cipher.decrypt(platform.encrypt(text))).toEqual({ ok: true, text });
    }
  });

  it('for another receiver are refused: E10 is published with an id that is not its own', () => {
    const other = vectors.encrypted.find(({ id }) => id === 'E10');
    const cipher = createCallbackCipher(other?.encodingAESKey ?? '', '1000005');
    expect(cipher.decrypt(other?.encrypt ?? '')).toEqual({
      ok: false,
      reason: expect.stringContaining('meant for another receiver'),
    });
  });

  it('under another key are refused, never misread', () => {
    const platform = createCallbackSeal('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'wx1');
    const cipher = createCallbackCipher('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', 'wx1');
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(cipher.decrypt(platform.encrypt(text))).toMatchObject({ ok: false });
      }),
    );
  });

  it('that are nothing of the kind are refused', () => {
    const cipher = createCallbackCipher('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', 'wx1');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String({ maxLength: 400 })), (text) => {
        expect(cipher.decrypt(text)).toMatchObject({ ok: false });
      }),
    );
  });
});

it('salts are 16 bytes each, and no byte that was drawn goes into two of them', () => {
  const drawn: Buffer[] = [];
  const salt = createSalts((bytes) => {
    const fresh = randomBytes(bytes);
    drawn.push(Buffer.from(fresh));
    return fresh;
  });
  const salts = Array.from({ length: 1_000 }, salt);
  expect(salts.every(({ length }) => length === 16)).toBe(true);
  expect(Buffer.concat(drawn).subarray(0, 16_000)).toEqual(Buffer.concat(salts));
});

it('an EncodingAESKey is 43 letters and digits, whatever bits its last character leaves unused', () => {
  for (const { encodingAESKey } of vectors.encrypted) expect(isEncodingAesKey(encodingAESKey)).toBe(true);
  expect(isEncodingAesKey('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C=')).toBe(false);
  expect(isEncodingAesKey('')).toBe(false);
});
