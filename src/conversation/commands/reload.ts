import type { CatalogProblem } from '../../posts/post.ts';
import type { CommandDefinition } from '../asking.ts';
import { cleanLine, cut } from '../clean-text.ts';
import { reply } from '../reply.ts';

/** Problems that are shown in full. */
const mostProblems = 5;
const longestProblem = 200;

/** For admins: reads the sources again, now. */
export const reload: CommandDefinition = {
  name: 'reload',
  chinese: ['重读'],
  listed: false,
  audience: 'admins',

  async answer({ desk, say, signal }) {
    if (!desk) return reply(say('desk-closed'));
    const { posts, problems } = await desk.reload(signal);
    const lines = [
      say('reload-done', { posts: posts.length, problems: problems.length }),
      ...problems.slice(0, mostProblems).map(lineOf),
    ];
    return reply(lines.join('\n'));
  },
};

function lineOf({ source, line, message }: CatalogProblem): string {
  const place = line === undefined ? source : `${source}:${line}`;
  return cut(cleanLine(`${place}: ${message}`), longestProblem);
}
