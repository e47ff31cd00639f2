import type { Command } from '../../message/command.ts';

/**
 * What a QR code of the account leads to: `category_LLM`, `search_LoRA`, `post_ID`, as its scene. Undefined for
 * any other scene, such as those of codes that were printed before Postbell came.
 */
export function commandOfScene(scene: string): Command | undefined {
  const [, kind, argument] = /^(post|category|search)_(.{1,60})$/su.exec(scene) ?? [];
  if (!kind || !argument) return undefined;
  return { name: kind === 'post' ? 'post' : kind === 'category' ? 'category' : 'search', argument, page: 0 };
}
