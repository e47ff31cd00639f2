import { z } from 'zod';
import { UserError } from '../../kernel/errors.ts';
import type { PlatformApi } from '../tencent/platform-api.ts';
import { remedyFor } from './outcome-of.ts';
import { commandOfScene } from './scene.ts';

/** A QR code of the account that leads whoever scans it to a scene. */
export interface SceneCode {
  /** Where the picture of the code is fetched from. */
  readonly picture: string;
  /** What the code says, to draw it oneself. */
  readonly url: string;
}

/** The longest scene in WeChat's words: characters of a `scene_str`. */
const longestScene = 64;
/** The path at which WeChat shows a code is on the site of its accounts, not of its API. */
const pictureRoot = 'https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=';

const created = z.object({ ticket: z.string().min(1), url: z.string() });

/**
 * Makes a lasting code (带参数的二维码) for `category_LLM`, `search_LoRA` or `post_ID`. Verified service accounts only, and
 * at most 100,000 for an account.
 *
 * @throws UserError if the scene is none that leads somewhere, or WeChat refuses.
 */
export async function createSceneCode(api: PlatformApi, scene: string): Promise<SceneCode> {
  if (!commandOfScene(scene) || [...scene].length > longestScene)
    throw new UserError(
      `"${scene}" leads nowhere: write category_NAME, search_WORDS or post_ID, ${longestScene} characters at most`,
    );
  const result = await api.call('/cgi-bin/qrcode/create', {
    action_name: 'QR_LIMIT_STR_SCENE',
    action_info: { scene: { scene_str: scene } },
  });
  if (!result.ok) throw new UserError(`WeChat made no code: ${result.reason}; ${remedyFor(result)}`);
  const code = created.safeParse(result.value);
  if (!code.success) throw new UserError('WeChat made no code: its answer has another form than documented');
  return { picture: pictureRoot + encodeURIComponent(code.data.ticket), url: code.data.url };
}
