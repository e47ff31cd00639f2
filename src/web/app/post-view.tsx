import type { Words } from '../words/words.ts';
import { CardList } from './card-list.tsx';
import type { Library } from './library.ts';
import { OutOfReach } from './out-of-reach.tsx';
import { useLoaded } from './use-loaded.ts';

/** One post, to which a link has led, and those that are like it. */
export function PostView({
  library,
  id,
  words,
}: {
  readonly library: Library;
  readonly id: string;
  readonly words: Words;
}) {
  const { value: found, failed, tryAgain } = useLoaded(async () => ({ post: await library.post(id) }), [library, id]);
  if (failed) return <OutOfReach words={words} tryAgain={tryAgain} />;
  if (!found) return null;
  if (!found.post) return <p class="hint">{words.app.noPost}</p>;
  const { card, relatives } = found.post;
  return (
    <>
      <CardList cards={[card]} words={words} alone />
      {relatives.length > 0 && <h2 class="relatives">{words.app.relatives}</h2>}
      <CardList cards={relatives} words={words} />
    </>
  );
}
