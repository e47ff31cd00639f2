import ipaddr from 'ipaddr.js';

/**
 * What counts as one client for rate limits: an IPv4 address, or the /64 network of an IPv6 one, since
 * providers give each customer at least that many addresses to change between.
 */
export function clientKey(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv4' ? address.toString() : address.toByteArray().slice(0, 8).join('.');
}
