import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { breakLines } from '../../src/covers/break-lines.ts';
import { coverSizes } from '../../src/covers/cover-sizes.ts';
import { drawCover } from '../../src/covers/draw-cover.ts';
import { fitPicture } from '../../src/covers/fit-picture.ts';
import { palettes } from '../../src/covers/palette.ts';
import { loadTypeface } from '../../src/covers/typeface.ts';

const typeface = loadTypeface();

/** Pixels of a picture, to look at single ones. */
async function pixelsOf(bytes: Buffer) {
  const picture = await loadImage(bytes);
  const canvas = createCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  const white = (fromX: number, toX: number, fromY: number, toY: number) => {
    let count = 0;
    for (let y = Math.floor(fromY * picture.height); y < toY * picture.height; y++) {
      for (let x = Math.floor(fromX * picture.width); x < toX * picture.width; x++) {
        const at = (y * picture.width + x) * 4;
        if ((data[at] ?? 0) > 230 && (data[at + 1] ?? 0) > 230 && (data[at + 2] ?? 0) > 230) count++;
      }
    }
    return count / (data.length / 4);
  };
  return { width: picture.width, height: picture.height, data, white };
}

describe('a drawn cover', () => {
  it.each(['card', 'wide', 'small'] as const)(
    'of the size %s is a JPEG of its shape with the title on it',
    async (size) => {
      const bytes = await drawCover(
        { title: '大语言模型微调（Fine-tune LLMs）', category: ['大语言模型'] },
        size,
        typeface,
      );
      const { width, height, white } = await pixelsOf(bytes);
      expect({ width, height }).toEqual(coverSizes[size]);
      expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
      expect(white(0, 1, 0, 1)).toBeGreaterThan(0.01);
      // Nothing runs over the edge.
      expect(white(0.97, 1, 0, 1)).toBe(0);
      expect(white(0, 1, 0, 0.05)).toBe(0);
      expect(white(0, 1, 0.95, 1)).toBe(0);
    },
  );

  it.each(['backdrop', 'square'] as const)(
    'of the size %s leaves the title to the client, which writes it itself',
    async (size) => {
      const draw = async (title: string) => pixelsOf(await drawCover({ title, category: ['AIGC'] }, size, typeface));
      const [short, long] = await Promise.all([draw('大模型'), draw('大语言模型微调（Fine-tune LLMs）')]);
      expect({ width: short.width, height: short.height }).toEqual(coverSizes[size]);
      expect(short.white(0, 1, 0.25, 1)).toBe(0);
      expect(Buffer.from(long.data).equals(Buffer.from(short.data))).toBe(true);
    },
  );

  it.each(['backdrop', 'square'] as const)(
    'of the size %s stands out by its letter, in the middle that clients cut out',
    async (size) => {
      const draw = async (category: string[]) =>
        pixelsOf(await drawCover({ title: 'Transformer', category }, size, typeface));
      const short = await draw(['AIGC']);
      const { data, width, height } = short;
      const green = (x: number, y: number) => data[(Math.floor(y) * width + Math.floor(x)) * 4 + 1] ?? 0;
      // The upright of a T stands in the very middle.
      expect(green(width / 2, height / 2) - green(width / 2 - height * 0.45, height / 2)).toBeGreaterThan(80);

      // The name of a category, however long, does not reach into it.
      const long = await draw(['AIGC', '多模态大模型（MultiModal Large Models）'.repeat(3)]);
      const middle = ({ data }: typeof long) => {
        const rows = Array.from({ length: height }, (_, y) => (y * width + (width - height) / 2 + 16) * 4);
        return Buffer.concat(rows.map((from) => Buffer.from(data.slice(from, from + (height - 32) * 4))));
      };
      expect(middle(long).equals(middle(short))).toBe(true);
    },
  );

  it('of the same post is the same picture, and categories have colours of their own', async () => {
    const draw = (category: string) => drawCover({ title: 'LoRA', category: [category] }, 'wide', typeface);
    expect(await draw('A')).toEqual(await draw('A'));
    const corners = await Promise.all(
      ['大语言模型（LLM）', 'AIGC', 'Pytorch & Python', '数据科学', '视频教程'].map(async (category) =>
        (await pixelsOf(await draw(category))).data.slice(-4).join(),
      ),
    );
    expect(new Set(corners).size).toBeGreaterThan(2);
  });

  it('can be made of any title', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.array(fc.string(), { maxLength: 3 }),
        async (title, category) => {
          const bytes = await drawCover({ title, category }, 'wide', typeface);
          expect(bytes.length).toBeGreaterThan(1_000);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the typeface', () => {
  it('names the category where it could write but a scrap of the title', async () => {
    const draw = (title: string) => drawCover({ title, category: ['AIGC'] }, 'card', typeface);
    const bare = await draw('');
    for (const title of ['مقدمة إلى تعلم الآلة (LoRA)', '🎉🎉🎉', 'สวัสดี: 3']) expect(await draw(title)).toEqual(bare);
    for (const title of ['LoRA 🎉🎉🎉🎉', '大模型 для всех', 'Ελληνικά']) expect(await draw(title)).not.toEqual(bare);
  });

  it('leaves out what it cannot show, and keeps Chinese, Latin, Greek and signs', () => {
    expect(typeface.showable('😀 微调 𠮷 LoRA α≤β（１）\u200b')).toBe('微调 LoRA α≤β（１）');
    expect(typeface.showable('🎉🎉')).toBe('');
    expect(typeface.showable('新年快乐 🎉：计划')).toBe('新年快乐：计划');
  });
});

describe('a title', () => {
  const measure = (text: string) => [...text].reduce((width, one) => width + (one > '\u02ff' ? 2 : 1), 0);
  const broken = (text: string, width: number, mostLines = 4) => breakLines(text, width, mostLines, measure).lines;

  it.each([
    ['Fine-tune LLMs with BEIT-3', 12, ['Fine-tune', 'LLMs with', 'BEIT-3']],
    ['视觉语言模型：一个完整的介绍', 18, ['视觉语言模型：', '一个完整的介绍']],
    ['新年快乐！2026 年的计划', 16, ['新年快乐！', '2026 年的计划']],
    ['PyTorch 中的 torch.compile()', 20, ['PyTorch 中的', 'torch.compile()']],
    ['微调 LoRA ：入门', 12, ['微调', 'LoRA ：入门']],
    ['微调（ LoRA 入门）', 12, ['微调（ LoRA', '入门）']],
    ['学习 C# 与 .NET', 8, ['学习 C#', '与 .NET']],
    ['https://example.org/a/long/address', 20, ['https://example.org/', 'a/long/address']],
  ])('%s breaks where it reads best', (title, width, lines) => {
    expect(broken(title, width)).toEqual(lines);
  });

  it('has lines of about the same length, and no word left over', () => {
    expect(broken('one two three four five six', 24)).toEqual(['one two three', 'four five six']);
  });

  it('is cut with an ellipsis where lines run out, and not behind a mark', () => {
    expect(breakLines('one two three four five six', 9, 2, measure)).toMatchObject({ cut: true });
    expect(broken('one two three four five six', 9, 2)).toEqual(['one two', 'three…']);
    expect(broken('原理，实现，以及全部代码', 12, 1)).toEqual(['原理，实现…']);
  });

  it('says where a word had to be torn', () => {
    expect(breakLines('Kapitänsmütze', 8, 4, measure).torn).toBe(true);
    expect(breakLines('Kapitänsmütze', 13, 4, measure).torn).toBe(false);
  });

  it('never runs over its width, begins no line with a mark, and loses nothing unless it is cut', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '，', '微', '调', '（', '）', '《', '：', '-', '.', '/', '的', '👍'),
      maxLength: 120,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 40 }), (title, width) => {
        const { lines, cut, torn } = breakLines(title, width, 3, measure);
        expect(lines.length).toBeLessThanOrEqual(3);
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
        if (!torn) for (const line of lines.slice(1)) expect(line).not.toMatch(/^[，：）]/);
        if (!torn && !cut) for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[（《]$/);
        if (!cut) expect(lines.join('').replace(/\s/g, '')).toBe(title.replace(/\s/g, ''));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the colours', () => {
  const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
      channel(Number.parseInt(color.slice(at, at + 2), 16) / 255),
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string) => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  it.each(palettes)('$from lets white and its accent be read (WCAG AA)', ({ from, to, accent }) => {
    for (const ground of [from, to]) {
      expect(contrast(ground, '#ffffff')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ground, accent)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('a picture of others', () => {
  const picture = (width: number, height: number) => {
    const canvas = createCanvas(width, height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#c00';
    context.fillRect(0, 0, width, height);
    return canvas;
  };

  it.each(['png', 'jpeg', 'webp'] as const)('as %s is cut to the shape of a cover', async (format) => {
    const canvas = picture(640, 640);
    const bytes = format === 'png' ? await canvas.encode('png') : await canvas.encode(format, 80);
    const fitted = await fitPicture(bytes, 'card');
    expect(fitted && (await pixelsOf(fitted))).toMatchObject({ width: 1_200, height: 630 });
  });

  it('that is none, or an icon, is not used', async () => {
    expect(
      await fitPicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'), 'card'),
    ).toBeUndefined();
    expect(await fitPicture(Buffer.from('nothing'), 'card')).toBeUndefined();
    expect(await fitPicture(await picture(32, 32).encode('png'), 'card')).toBeUndefined();
  });

  it('whose header promises gigabytes is never decoded', async () => {
    const bomb = Buffer.from(await picture(300, 300).encode('png'));
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect(await fitPicture(bomb, 'card')).toBeUndefined();
  });
});
