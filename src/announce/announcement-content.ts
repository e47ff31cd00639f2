import type { Message } from '../message/message.ts';
import type { Post } from '../posts/post.ts';
import type { Language, Subscription } from '../subscribers/subscriber.ts';

/** What one delivery tells, before it is put into words. */
export interface AnnouncementContent {
  /** At least one, in the order of the catalog; none beside a notice. */
  readonly posts: readonly Post[];
  /** Why the subscriber hears of them: each subscription that matched one of the posts, once. */
  readonly matched: readonly Subscription[];
  /** The subscriber's; absent where unknown. */
  readonly language?: Language;
  /** Words of an admin, in place of posts. */
  readonly notice?: string;
  /** Whether several posts were gathered into this one message. */
  readonly digest: boolean;
}

/** Puts an announcement into words. Pure: the same content gives the same message. */
export type ComposeAnnouncement = (content: AnnouncementContent) => Message;
