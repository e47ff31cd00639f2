import { lookup as lookupName } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';

/** An address that only a process inside some network can reach, and that a stranger's url must not make us call. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

export interface AgentLimits {
  readonly timeoutMs: number;
  /** Of the decoded answer, in bytes. */
  readonly largest: number;
}

/**
 * An agent for urls that strangers chose. Every connection, also one that a redirect asks for, is refused unless
 * all addresses of the host are public; the name is resolved once, so that it cannot turn private in between.
 *
 * @param allowPrivate switches the refusal off, for catalogs inside an operator's own network
 */
export function createGuardedAgent({ timeoutMs, largest }: AgentLimits, allowPrivate: boolean): Agent {
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, maxResponseSize: largest };
  if (allowPrivate) return new Agent({ ...limits, connect: { timeout: timeoutMs } });
  const connect = buildConnector({
    timeout: timeoutMs,
    lookup: (hostname, options, callback) => {
      lookupName(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, []);
        const bad = addresses.find(({ address }) => !isPublicAddress(address));
        if (bad) return callback(new PrivateAddressError(`${hostname} is the private address ${bad.address}`), []);
        return callback(null, addresses);
      });
    },
  });
  return new Agent({
    ...limits,
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !isPublicAddress(host))
        callback(new PrivateAddressError(`${host} is a private address`), null);
      else connect(options, callback);
    },
  });
}

/** Azure's own services answer at this address, which no register calls special. */
const metadataAddress = '168.63.129.16';

/** Whether anyone on the internet can reach the address. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && parsed.toString() !== metadataAddress;
}
