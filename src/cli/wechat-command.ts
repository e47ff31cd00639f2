import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** `postbell wechat menu|code`: the menu below an Official Account's chat, and QR codes that lead into it. */
export function addWechatCommand(program: Command, terminal: Terminal): void {
  const group = program
    .command('wechat')
    .description('the menu and the QR codes of the Official Account')
    .showHelpAfterError();

  group
    .command('menu')
    .description('show the menu below the chat; with --create make it from WECHAT_MENU first')
    .option('--create', 'make the menu that WECHAT_MENU describes, in place of the present one')
    .option('--json', 'print one JSON document')
    .action(async ({ create = false, json = false }: { create?: boolean; json?: boolean }) => {
      const { runWechatMenu } = await import('./run-wechat.ts');
      await runWechatMenu({ create, json }, terminal);
    });

  group
    .command('code')
    .description('make a QR code that leads whoever scans it to a place')
    .argument('<scene>', 'category_NAME, search_WORDS or post_ID')
    .option('--json', 'print one JSON document')
    .action(async (scene: string, { json = false }: { json?: boolean }) => {
      const { runWechatCode } = await import('./run-wechat.ts');
      await runWechatCode(scene, { json }, terminal);
    });
}
