import { createCipheriv, createDecipheriv } from 'node:crypto';

const blockBytes = 32;
export const saltBytes = 16;
const lengthBytes = 4;

/** What decrypting brought; the reason never holds any of the content. */
export type Decrypted = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * The encryption of WeChat's and WeCom's callbacks: AES-256-CBC with the key's first half as IV, over
 * 16 random bytes, the length of the text (4 bytes, big-endian), the text in UTF-8 and the id of the
 * receiver, padded by PKCS#7 to blocks of 32 bytes.
 */
export interface CallbackCipher {
  /** `salt` are 16 random bytes. */
  encrypt(text: string, salt: Buffer): string;
  decrypt(encrypted: string): Decrypted;
}

/** Whether a text can be an EncodingAESKey, as the platform's console shows it. */
export function isEncodingAesKey(text: string): boolean {
  return /^[A-Za-z0-9]{43}$/.test(text);
}

/**
 * @param encodingAesKey 43 characters. Most keys leave bits of the last character unused that are not
 *   zero, so a strict base64 decoder refuses them; Buffer does not.
 * @param receiverId The app id of the account, the corp id, or the id of a suite.
 */
export function createCallbackCipher(encodingAesKey: string, receiverId: string): CallbackCipher {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const iv = key.subarray(0, 16);
  const receiver = Buffer.from(receiverId);
  return {
    encrypt(text, salt) {
      const content = Buffer.from(text);
      const length = Buffer.alloc(lengthBytes);
      length.writeUInt32BE(content.length);
      const padded = pad([salt, length, content, receiver]);
      // Whole blocks that are padded already: nothing is left for the end.
      return createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false).update(padded).toString('base64');
    },
    decrypt(encrypted) {
      const sealed = Buffer.from(encrypted, 'base64');
      if (sealed.length === 0 || sealed.length % 16 !== 0)
        return refused('the ciphertext is no whole number of blocks');
      // OpenSSL's own unpadding knows blocks of 16 bytes only and throws at about half of all messages.
      const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      const content = unpad(Buffer.concat([decipher.update(sealed), decipher.final()]));
      if (!content) return refused('the padding is wrong, so the key probably is');
      if (content.length < saltBytes + lengthBytes) return refused('the content is too short');
      const start = saltBytes + lengthBytes;
      const end = start + content.readUInt32BE(saltBytes);
      if (end > content.length) return refused('the length is wrong, so the key probably is');
      // The id is what stands behind the text: never searched for, since the text may hold it too.
      if (!content.subarray(end).equals(receiver)) return refused(receiverReason);
      return { ok: true, text: content.subarray(start, end).toString() };
    },
  };
}

const receiverReason =
  'it is meant for another receiver; compare WECHAT_APP_ID, or WECOM_CORP_ID and WECOM_RECEIVER_ID, with the console';

function refused(reason: string): Decrypted {
  return { ok: false, reason };
}

/** A text that fills its blocks gets one block more: there is always padding. */
function pad(parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size = blockBytes - (length % blockBytes);
  return Buffer.concat([...parts, Buffer.alloc(size, size)]);
}

function unpad(padded: Buffer): Buffer | undefined {
  const size = padded.at(-1) ?? 0;
  if (size < 1 || size > blockBytes || size > padded.length) return undefined;
  const content = padded.subarray(0, padded.length - size);
  return padded.subarray(content.length).every((byte) => byte === size) ? content : undefined;
}
