import type { Asking, CommandDefinition } from '../asking.ts';
import { button, reply } from '../reply.ts';

/** Every command with what it does, written as it is typed on this platform. */
export const help: CommandDefinition = {
  name: 'help',
  chinese: ['帮助'],
  listed: true,

  answer(asking) {
    const { definitions, incoming, say } = asking;
    const lines = definitions
      .filter(({ listed, audience }) => listed || audience)
      .map((definition) => say(`usage-${definition.name}`, { command: typedAs(asking, definition) }));
    // Where the commands above are Chinese words, it need not be said that they may be.
    const foot = isTypedInChinese(asking) ? [] : ['', say('help-foot')];
    const text = [say('help-lead', { place: incoming.place }), '', ...lines, ...foot].join('\n');
    return reply(text, {
      actions: [[button(say('button-latest'), 'latest'), button(say('button-categories'), 'categories')]],
    });
  },
};

/** Telegram makes `/search` a link that can be tapped, but not `/搜索`; WeChat's readers type no slash. */
function typedAs(asking: Asking, { name, chinese }: CommandDefinition): string {
  return (isTypedInChinese(asking) && chinese[0]) || `/${name}`;
}

function isTypedInChinese({ incoming, language }: Asking): boolean {
  return language === 'zh' && incoming.bareWords === true;
}
