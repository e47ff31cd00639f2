/** A part of the bot's profile, in one language or for people of all others, in one kind of chats or in one chat. */
export interface ProfilePart {
  /** As JSON, what a later start compares with. */
  readonly wanted: unknown;
  /**
   * Sets it if that is called for.
   *
   * @param former What was wanted the last time, as JSON of all parts together; undefined at the first start.
   */
  readonly register: (former: string | undefined) => Promise<void>;
}
