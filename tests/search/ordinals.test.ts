import { answers, indexOf } from './worlds.ts';

/** A place in a series, as people write it. */
interface Place {
  readonly digits: string;
  readonly chinese: string;
  /** Up to twelve. */
  readonly roman?: string;
}

const places: readonly Place[] = [
  { digits: '1', chinese: '一', roman: 'i' },
  { digits: '2', chinese: '二', roman: 'ii' },
  { digits: '3', chinese: '三', roman: 'iii' },
  { digits: '5', chinese: '五', roman: 'v' },
  { digits: '8', chinese: '八', roman: 'viii' },
  { digits: '10', chinese: '十', roman: 'x' },
  { digits: '11', chinese: '十一', roman: 'xi' },
  { digits: '20', chinese: '二十' },
  { digits: '23', chinese: '二十三' },
];

const styles: readonly [string, (place: Place) => string | undefined][] = [
  ['图像分割（三）：损失', ({ chinese }) => `图像分割（${chinese}）：损失`],
  ['图像分割( 3 )', ({ digits }) => `图像分割( ${digits} )`],
  ['图像分割（第 3 讲）', ({ digits }) => `图像分割（第${digits}讲）`],
  ['图像分割（iii）', ({ roman }) => roman && `图像分割（${roman}）`],
  ['第 三 期 图像分割', ({ chinese }) => `第 ${chinese} 期 图像分割`],
  ['图像分割 Part III: losses', ({ roman }) => roman && `图像分割 Part ${roman.toUpperCase()}: losses`],
  ['图像分割 Episode 3', ({ digits }) => `图像分割 Episode ${digits}`],
  ['图像分割 vol.3', ({ digits }) => `图像分割 vol.${digits}`],
  ['图像分割3：损失', ({ digits }) => `图像分割${digits}：损失`],
  ['图像分割 3', ({ digits }) => `图像分割 ${digits}`],
  ['图像分割——三', ({ chinese }) => `图像分割——${chinese}`],
];

describe('of a series that is numbered as in', () => {
  it.each(styles)('%s the part that is asked for comes first', (_, titleOf) => {
    // The last first: nothing but its number puts a part before the others.
    const shown = places.filter(titleOf).reverse();
    const index = indexOf(shown.map((place) => titleOf(place) ?? ''));
    for (const [at, { digits, chinese, roman = '' }] of shown.entries()) {
      const asked = [digits, chinese, `第${chinese}篇`, `第${digits}期`, ...(roman.length > 1 ? [roman] : [])];
      const first = asked.map((words) => [words, answers(index, `图像分割 ${words}`)[0]]);
      expect(first).toEqual(asked.map((words) => [words, String(at)]));
    }
  });
});

it.each(['图像分割 2024', '图像分割 (2024)', 'YOLOv3 图像分割', '图像分割 3D', 'Departed3 图像分割'])(
  'no part of a series is %s',
  (title) => {
    for (const digits of ['3', '20', '24']) {
      expect(answers(indexOf([title, `图像分割（${digits}）`]), `图像分割 ${digits}`)[0]).toBe('1');
    }
  },
);

it('a letter is no number: of i, v and x the word is looked for', () => {
  for (const [letter, digits] of [
    ['v', '5'],
    ['x', '10'],
  ] as const)
    expect(answers(indexOf([`图像分割（${digits}）`, `图像分割 ${letter}`]), `图像分割 ${letter}`)[0]).toBe('1');
});
