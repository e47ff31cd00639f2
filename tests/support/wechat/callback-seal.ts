import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** The platform's side of the callback's cryptography, written from its description and not from our code. */
export interface CallbackSeal {
  encrypt(text: string): string;
  decrypt(encrypted: string): string;
}

export function createCallbackSeal(encodingAesKey: string, receiver: string): CallbackSeal {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  return {
    encrypt(text) {
      const body = Buffer.from(text);
      const size = Buffer.alloc(4);
      size.writeUInt32BE(body.length);
      const whole = Buffer.concat([randomBytes(16), size, body, Buffer.from(receiver)]);
      const fill = 32 - (whole.length % 32);
      const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
      cipher.setAutoPadding(false);
      return Buffer.concat([cipher.update(whole), cipher.update(Buffer.alloc(fill, fill)), cipher.final()]).toString(
        'base64',
      );
    },
    decrypt(encrypted) {
      const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
      decipher.setAutoPadding(false);
      const whole = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
      const size = whole.readUInt32BE(16);
      const end = whole.length - (whole.at(-1) ?? 0);
      const id = whole.subarray(20 + size, end).toString();
      if (id !== receiver) throw new Error(`the answer was sealed for ${id}`);
      return whole.subarray(20, 20 + size).toString();
    },
  };
}

/** Hex SHA-1 of the sorted parts. */
export function sign(...parts: readonly string[]): string {
  return createHash('sha1')
    .update(parts.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0)).join(''))
    .digest('hex');
}
