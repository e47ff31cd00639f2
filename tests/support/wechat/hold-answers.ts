import type { Conversation } from '../../../src/conversation/conversation.ts';

/** A conversation whose answers come when the test lets them, and that counts what it was asked. */
export function holdAnswers() {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  const between = (conversation: Conversation): Conversation => ({
    async answer(incoming, signal) {
      asked += 1;
      await held;
      return conversation.answer(incoming, signal);
    },
  });
  return { between, release: () => release(), asked: () => asked };
}
