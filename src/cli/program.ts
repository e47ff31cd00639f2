import { Command } from 'commander';
import { version } from '../version.ts';
import { addAnnounceCommand } from './announce-command.ts';
import { addBackupCommands } from './backup-commands.ts';
import { addBackupFileCommand } from './backup-file-command.ts';
import { addCatalogCommand } from './catalog-command.ts';
import { addChatCommand } from './chat-command.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { addInitCommand } from './init-command.ts';
import { addSearchCommand } from './search-command.ts';
import { addStartCommand } from './start-command.ts';
import type { SetExitCode, Terminal } from './terminal.ts';
import { addWechatCommand } from './wechat-command.ts';

/** All commands there are; each command's file adds its own. */
export function createProgram(terminal: Terminal, setExitCode: SetExitCode): Command {
  const program = new Command('postbell')
    .description('A chat bot that turns a list of posts into something readers can ask and subscribe to.')
    .version(version)
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .showHelpAfterError('(postbell --help lists the commands)')
    .exitOverride();
  addStartCommand(program, terminal);
  addSearchCommand(program, terminal);
  addChatCommand(program, terminal);
  addCatalogCommand(program, terminal, setExitCode);
  addAnnounceCommand(program, terminal);
  addBackupCommands(program, terminal);
  addBackupFileCommand(program, terminal);
  addWechatCommand(program, terminal);
  addInitCommand(program, terminal);
  addDoctorCommand(program, terminal, setExitCode);
  return program;
}
