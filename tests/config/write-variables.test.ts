import { parse } from 'dotenv';
import fc from 'fast-check';
import { envExample } from '../../src/config/env-example.ts';
import { writeVariables } from '../../src/config/write-variables.ts';

describe('setting variables in a .env file', () => {
  it('keeps comments, order and unknown names', () => {
    const before = '# mine\nMY_OWN=1\nLANGUAGE=zh # chosen\n\nPORT=80\n';
    expect(writeVariables(before, { LANGUAGE: 'en', CATALOG: 'posts.md' })).toBe(
      '# mine\nMY_OWN=1\nLANGUAGE=en\n\nPORT=80\nCATALOG=posts.md\n',
    );
  });

  it('begins a file that is not there', () => {
    expect(writeVariables('', { PORT: '8081' })).toBe('PORT=8081\n');
  });

  it('fills in the example at its place', () => {
    const text = writeVariables(envExample(), { TELEGRAM_BOT_TOKEN: '1:x' });
    expect(text.split('\n')).toHaveLength(envExample().split('\n').length);
    expect(parse(text).TELEGRAM_BOT_TOKEN).toBe('1:x');
  });

  it('writes values that are read back as they were, and changes no other', () => {
    const value = fc
      .string({ unit: fc.constantFrom(...'aZ9 #=$\\\'"`:/,一。-'.split('')), maxLength: 20 })
      .map((text) => text.trim())
      .filter((text) => !text.endsWith('\\'))
      .filter((text) => !["'", '`', '"'].every((mark) => text.includes(mark)))
      .filter((text) => !(text.includes("'") && text.includes('`') && text.includes('\\')));
    const name = fc.constantFrom('CATALOG', 'PORT', 'ADMINS', 'OTHER');
    const values = fc.dictionary(name, value);
    fc.assert(
      fc.property(values, values, (first, second) => {
        const text = writeVariables(writeVariables('# top\n', first), second);
        expect(parse(text)).toEqual({ ...first, ...second });
      }),
    );
  });

  it('refuses what a line cannot hold', () => {
    expect(() => writeVariables('', { CATALOG: 'a\nEVIL=1' })).toThrow(RangeError);
    expect(() => writeVariables('', { CATALOG: `'"\`` })).toThrow(RangeError);
    expect(() => writeVariables('', { CATALOG: 'a b\\' })).toThrow(RangeError);
  });
});
