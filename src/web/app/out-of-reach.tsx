import type { Words } from '../words/words.ts';

/** Said where the server could not be asked, with a way to ask it again. */
export function OutOfReach({ words, tryAgain }: { readonly words: Words; readonly tryAgain: () => void }) {
  return (
    <div class="out-of-reach" role="alert">
      <p>{words.app.outOfReach}</p>
      <button type="button" class="action" onClick={tryAgain}>
        {words.tryAgain}
      </button>
    </div>
  );
}
