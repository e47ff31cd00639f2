import fc from 'fast-check';
import { definitions } from '../../src/conversation/definitions.ts';
import { createVocabulary, longestArgument, readRequest } from '../../src/conversation/read-request.ts';
import { commandNames } from '../../src/message/command.ts';

const vocabulary = createVocabulary(definitions);
const read = (text: string, bareWords = false) => readRequest(text, vocabulary, { bareWords });
const command = (name: string, argument = '') => ({
  kind: 'command',
  command: { name, argument, page: 0 },
  shortened: false,
});

describe('typed words', () => {
  it.each([
    ['/search LoRA', command('search', 'LoRA')],
    ['/SEARCH   LoRA  ', command('search', 'LoRA')],
    ['/ search LoRA', command('search', 'LoRA')],
    ['/搜索 LoRA', command('search', 'LoRA')],
    ['／搜索　LoRA', command('search', 'LoRA')],
    ['／ｓｅａｒｃｈ　ＬｏＲＡ', command('search', 'ＬｏＲＡ')],
    ['、搜索 LoRA', command('search', 'LoRA')],
    ['/搜索LoRA', command('search', 'LoRA')],
    ['/search\nLoRA', command('search', 'LoRA')],
    ['/我的订阅', command('subscriptions')],
    ['/订阅微调', command('subscribe', '微调')],
    ['/退订', command('unsubscribe')],
    ['/最新', command('latest')],
    ['/', command('help')],
    ['LoRA', command('search', 'LoRA')],
    ['search LoRA', command('search', 'search LoRA')],
    ['订阅', command('search', '订阅')],
    ['/etc/hosts explained', command('search', '/etc/hosts explained')],
    ['、一', command('search', '、一')],
    ['/serach LoRA', { kind: 'unknown', word: 'serach', line: 'serach LoRA' }],
    [' \u202e ', { kind: 'empty' }],
  ])('%j is understood', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['搜索 LoRA', command('search', 'LoRA')],
    ['订阅', command('subscribe')],
    ['订阅　微调', command('subscribe', '微调')],
    ['我的订阅', command('subscriptions')],
    ['/退订 微调', command('unsubscribe', '微调')],
    ['最新进展', command('search', '最新进展')],
    ['LoRA 订阅', command('search', 'LoRA 订阅')],
  ])('%j needs no slash where bare words count', (text, expected) => {
    expect(read(text, true)).toEqual(expected);
  });

  it('every command is reached by its name and by each of its Chinese words', () => {
    expect(definitions.map(({ name }) => name).toSorted()).toEqual([...commandNames].toSorted());
    for (const { name, chinese } of definitions) {
      expect(read(`/${name}`)).toEqual(command(name));
      for (const word of chinese.filter((one) => one !== '分类')) expect(read(`/${word}`)).toEqual(command(name));
    }
  });

  it('are bounded and free of hidden characters, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 2000 }),
        fc.constantFrom('', '/', '／', '/搜索 '),
        (text, start) => {
          const request = read(start + text, true);
          if (request.kind !== 'command') return;
          const { argument } = request.command;
          expect([...argument].length).toBeLessThanOrEqual(longestArgument);
          expect(argument).toBe(argument.trim());
          expect(argument).not.toMatch(/[\p{Control}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u);
        },
      ),
    );
  });
});
