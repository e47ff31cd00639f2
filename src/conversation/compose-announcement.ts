import type { Action, Message } from '../message/message.ts';
import type { Post } from '../posts/post.ts';
import type { Language, Subscription } from '../subscribers/subscriber.ts';
import { cardOf, longLead } from './card-of.ts';
import type { Phrases, Say } from './phrases/phrases.ts';
import { button, reply } from './reply.ts';
import { argumentOf, titleOf } from './subscription-words.ts';

/** Characters of the summary that each post in a short digest shows. */
const shortLead = 80;

/** More posts than this are listed by title alone. */
const mostWithLead = 5;

/** The cards of one message; of further posts the message says how many there are. */
const mostCards = 40;

/** Subscriptions that are named as the reason; the rest is counted. */
const mostReasons = 3;

export interface News {
  /** At least one; none beside a notice. */
  readonly posts: readonly Post[];
  /** Words of an admin to everyone, in place of posts. */
  readonly notice?: string;
  /** The subscriptions that brought the news; at least one beside posts. */
  readonly matched: readonly Subscription[];
  /** The subscriber's; absent where unknown. */
  readonly language?: Language;
  /** The posts were gathered, for a day, a week or by a guard, rather than told one by one. */
  readonly digest: boolean;
}

export interface AnnouncementComposerParts {
  readonly phrases: Phrases;
  /** For subscribers whose language is unknown. */
  readonly defaultLanguage: Language;
}

/** Makes what puts news into words: a card for each post, why it came, and a button to stop it. */
export function createAnnouncementComposer({ phrases, defaultLanguage }: AnnouncementComposerParts) {
  return ({ posts, matched, language = defaultLanguage, digest, notice }: News): Message => {
    const say = phrases[language];
    if (notice !== undefined) return noticeMessage(notice, say);
    const gathered = digest || posts.length > 1;
    const lead = gathered ? (posts.length > mostWithLead ? 0 : shortLead) : longLead;
    const shown = posts.slice(0, mostCards);
    const more = posts.length - shown.length;
    const footer = [...(more > 0 ? [say('news-more', { count: more })] : []), reasonOf(matched, say)];
    return reply(gathered ? say('news-digest', { count: posts.length }) : say('news-post'), {
      cards: shown.map((post) => cardOf(post, lead)),
      introduces: true,
      footer: footer.join('\n'),
      actions: [[...(more > 0 ? [button(say('button-latest'), 'latest')] : []), stopButton(matched, say)]],
    });
  };
}

/** Words of an admin to everyone, with the way to hear no more. */
export function noticeMessage(notice: string, say: Say): Message {
  return reply(notice, { actions: [[button(say('button-subscriptions'), 'subscriptions')]] });
}

function reasonOf(matched: readonly Subscription[], say: Say): string {
  const titles = matched.slice(0, mostReasons).map((subscription) => titleOf(subscription, say));
  const subscriptions = titles.join(say('list-separator'));
  return say('news-reason', { subscriptions, more: matched.length - titles.length });
}

function stopButton(matched: readonly Subscription[], say: Say): Action {
  const [only, ...others] = matched;
  if (!only || others.length > 0) return button(say('button-subscriptions'), 'subscriptions');
  return button(say('button-stop', { subscription: titleOf(only, say) }), 'unsubscribe', argumentOf(only));
}
