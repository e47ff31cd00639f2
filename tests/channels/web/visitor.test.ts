import fc from 'fast-check';
import { visitorAddress } from '../../../src/channels/web/visitor.ts';
import { formatAddress, parseAddress } from '../../../src/subscribers/address.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
const secrets = fc.string({ unit: fc.constantFrom(...letters), minLength: 22, maxLength: 64 });

describe('the address of a visitor', () => {
  it('is the same for the same secret, and another for another', () => {
    fc.assert(
      fc.property(secrets, secrets, (one, other) => {
        expect(visitorAddress(one)).toEqual(visitorAddress(one));
        expect(visitorAddress(one)?.chat === visitorAddress(other)?.chat).toBe(one === other);
      }),
    );
  });

  it('does not tell the secret', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect(JSON.stringify(visitorAddress(secret))).not.toContain(secret);
      }),
    );
  });

  it('can be written down and read again', () => {
    const address = visitorAddress('0123456789abcdefghijkl');
    expect(address && parseAddress(formatAddress(address))).toEqual(address);
  });

  it.each([
    '',
    'short',
    'a'.repeat(21),
    'a'.repeat(65),
    'with spaces in it 0123456',
    '../../etc/passwd/etc/passwd',
    '中'.repeat(30),
  ])('is nothing for %j, which is no secret', (text) => {
    expect(visitorAddress(text)).toBeUndefined();
  });
});
