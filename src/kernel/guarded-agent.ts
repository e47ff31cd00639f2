import { lookup as lookupName } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Agent } from 'undici';
import { undici } from './packages-on-demand.ts';

/** An address that a stranger's url must not make us call: one inside some network, or a port where no pages are. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError';
}

export interface AgentLimits {
  readonly timeoutMs: number;
  /** Of the decoded answer, in bytes. */
  readonly largest: number;
}

/** What an operator takes upon themselves. */
export interface AgentPermissions {
  /** Switches all refusals off, for catalogs inside an operator's own network. */
  readonly privateNetwork: boolean;
  /** `host:port` of the addresses that the operator wrote themselves: their ports are meant. */
  readonly places: ReadonlySet<string>;
}

/**
 * An agent for urls that strangers chose. Every connection, also one that a redirect asks for, is refused unless
 * all addresses of the host are public and the port is that of http or https; the name is resolved once, so that it
 * cannot turn private in between.
 */
export function createGuardedAgent({ timeoutMs, largest }: AgentLimits, allowed: AgentPermissions): Agent {
  const { Agent, buildConnector } = undici();
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, maxResponseSize: largest };
  if (allowed.privateNetwork) return new Agent({ ...limits, connect: { timeout: timeoutMs } });
  const connect = buildConnector({
    timeout: timeoutMs,
    lookup: (hostname, options, callback) => {
      lookupName(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, []);
        const bad = addresses.find(({ address }) => !isPublicAddress(address));
        if (bad) return callback(new RefusedAddressError(`${hostname} is the private address ${bad.address}`), []);
        return callback(null, addresses);
      });
    },
  });
  return new Agent({
    ...limits,
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !isPublicAddress(host))
        callback(new RefusedAddressError(`${host} is a private address`), null);
      else if (!isPortOfPages(options.port) && !allowed.places.has(`${host}:${options.port}`))
        callback(new RefusedAddressError(`port ${options.port} of ${host} is not one of web pages`), null);
      else connect(options, callback);
    },
  });
}

/** Empty for the usual port of the protocol. */
function isPortOfPages(port: string | undefined): boolean {
  return port === undefined || port === '' || port === '80' || port === '443';
}

/** Azure's own services answer at this address, which no register calls special. */
const metadataAddress = '168.63.129.16';

/** Whether anyone on the internet can reach the address. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && parsed.toString() !== metadataAddress;
}
