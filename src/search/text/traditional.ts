import { createRequire } from 'node:module';
import type * as OpenCc from 'opencc-js/t2cn';
import { hasCjk } from './char-class.ts';

/** Turns traditional characters and Taiwan's words into mainland ones; leaves simplified text as it is. */
export type Simplify = (text: string) => string;

/**
 * Text that plain conversion leaves alone is simplified already, and is not touched: by phrases, simplified
 * words would be changed too. Otherwise it is converted by phrases, since Taiwan says 資料庫 where the mainland
 * says 数据库. The tables load when the first Chinese text is met.
 */
export function createSimplify(): Simplify {
  let loaded: Converters | undefined;
  return (text) => {
    if (!hasCjk(text)) return text;
    loaded ??= loadConverters();
    return loaded.byCharacter(text) === text ? text : loaded.byPhrase(text);
  };
}

interface Converters {
  readonly byCharacter: Simplify;
  readonly byPhrase: Simplify;
}

function loadConverters(): Converters {
  const { Converter }: typeof OpenCc = createRequire(import.meta.url)('opencc-js/t2cn');
  return { byCharacter: Converter({ from: 't', to: 'cn' }), byPhrase: Converter({ from: 'twp', to: 'cn' }) };
}
