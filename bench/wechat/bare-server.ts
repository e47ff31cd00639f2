import { createDecipheriv, createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The least that a callback in safe mode can do: check the signature, decrypt, and send the decrypted text back.
 * No XML is parsed, nothing is looked up, nothing is encrypted.
 */
const [token = '', encodingAesKey = ''] = process.argv.slice(2);
const key = Buffer.from(`${encodingAesKey}=`, 'base64');

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { searchParams } = new URL(request.url ?? '/', 'http://bare');
    const body = Buffer.concat(chunks).toString();
    const start = body.indexOf('<Encrypt><![CDATA[') + 18;
    const encrypted = body.slice(start, body.indexOf(']]>', start));
    const parts = [token, searchParams.get('timestamp') ?? '', searchParams.get('nonce') ?? '', encrypted];
    const signature = createHash('sha1').update(parts.sort().join('')).digest('hex');
    if (signature !== searchParams.get('msg_signature')) return void response.writeHead(403).end();
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const content = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
    response.end(content.subarray(20, 20 + content.readUInt32BE(16)));
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
