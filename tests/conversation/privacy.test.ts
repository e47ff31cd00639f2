import { createConversationWorld, reader } from '../support/conversation-world.ts';

describe('/privacy', () => {
  it('says what is stored about a subscriber', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe LoRA');
    const { text } = await world.ask('/privacy');
    expect(text).toContain('since 2026-11-25');
    expect(text).toContain('(web:reader)');
    expect(text).toContain('1 subscription,');
  });

  it('tells of notifications where the channel keeps where they go, and nowhere else', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe LoRA');
    expect((await world.ask('/privacy', { keepsNotifications: true })).text).toContain('takes notifications is stored');
    expect((await world.ask('/privacy')).text).not.toContain('notifications');
  });

  it('says that nothing is stored about those who only ask', async () => {
    const world = createConversationWorld();
    await world.ask('LoRA');
    expect((await world.ask('/隐私')).text).toContain('Nothing is stored about this chat');
  });
});

describe('/forget', () => {
  it('deletes all at once', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe');
    await world.press(await world.ask('/privacy'), 'Forget me');
    expect(await world.book.find(reader)).toBeUndefined();
    expect((await world.ask('/privacy')).text).toContain('Nothing is stored');
  });

  it('keeps what belongs to a group for its admins to delete', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe', { place: 'group' });
    expect((await world.ask('/forget', { place: 'group', mayManage: false })).aside).toBe(true);
    expect(await world.book.find(reader)).toBeDefined();
  });
});
