import { type BotState, lookAtBot } from '../../channels/telegram/look-at-bot.ts';
import { webhookPath } from '../../channels/telegram/telegram-webhook.ts';
import type { Config, TelegramConfig } from '../../config/config.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** A fault of the webhook that is older than this has been got over, in milliseconds. */
const recentMs = 600_000;

/** Whether the token is good, and whether updates travel as they are configured to. */
export async function checkTelegram(
  telegram: TelegramConfig,
  { publicUrl }: Config['server'],
  now: Date,
): Promise<readonly Finding[]> {
  const look = await lookAtBot(telegram);
  if (look.kind === 'refused')
    return [
      wrong(
        'telegram',
        `the token is refused (${look.reason})`,
        'write TELEGRAM_BOT_TOKEN as @BotFather shows it: /mybots, the bot, API Token',
      ),
    ];
  if (look.kind === 'unreachable')
    return [
      wrong(
        'telegram',
        `${telegram.apiRoot} can't be asked (${look.reason})`,
        'see whether this machine may reach it; TELEGRAM_API_ROOT names another server',
      ),
    ];
  const { bot } = look;
  const ours = telegram.webhook ? `${publicUrl}${webhookPath}` : undefined;
  return [fine('telegram', `the token is that of @${bot.username}`), webhookFinding(bot, ours, now)];
}

function webhookFinding({ webhookUrl, waiting, lastFault }: BotState, ours: string | undefined, now: Date): Finding {
  const check = 'updates';
  if (webhookUrl !== undefined && webhookUrl !== ours) {
    return ours === undefined
      ? wrong(
          check,
          `a webhook is set (${webhookUrl}), while updates are to be polled`,
          'nothing, if that bot is to move here: the start removes it. Otherwise set TELEGRAM_WEBHOOK=true',
        )
      : wrong(
          check,
          `updates go to ${webhookUrl}, not to ${ours}`,
          'start Postbell, which sets its own address; if it was started, see whether another program uses the token',
        );
  }
  if (webhookUrl !== undefined && lastFault && now.getTime() - lastFault.at.getTime() < recentMs) {
    return wrong(
      check,
      `Telegram can't bring updates to ${webhookUrl} (${lastFault.message})`,
      'see that the address is reached from outside, with a valid certificate, and leads to HOST and PORT',
    );
  }
  const counted = waiting === 1 ? '1 update waits' : `${waiting} updates wait`;
  if (ours === undefined) return fine(check, `polled; ${counted}`);
  return webhookUrl === undefined
    ? fine(check, `no webhook yet: the start sets ${ours}; ${counted}`)
    : fine(check, `brought to ${webhookUrl}; ${counted}`);
}
