import type { AdminDesk } from '../../src/conversation/admin-desk.ts';
import type { Message } from '../../src/message/message.ts';
import type { Post } from '../../src/posts/post.ts';
import type { Subscriber } from '../../src/subscribers/subscriber.ts';
import { createConversationWorld, reader } from '../support/conversation-world.ts';
import { makePost } from '../support/make-post.ts';
import { createMemoryBook } from '../support/memory-book.ts';

const labels = ({ actions }: Message) => actions.flat().map(({ label }) => label);
const waitingPosts = ['First', 'Second'].map((title) => makePost({ title }));

/** A desk with posts that wait and deliveries that failed, which remembers what was decided. */
function createDesk(overrides: Partial<AdminDesk> = {}): AdminDesk & { readonly decided: string[] } {
  let waiting: readonly Post[] = waitingPosts;
  let failures = [
    { address: { channel: 'telegram', chat: '7' } as const, reason: 'message is too long', titles: ['Long'] },
  ];
  const decided: string[] = [];
  return {
    decided,
    waiting: async () => waiting,
    async decide(as) {
      const posts = waiting;
      waiting = [];
      decided.push(as);
      return posts;
    },
    believe: () => void decided.push('believe'),
    queries: async () => ({ top: [], unanswered: [] }),
    trouble: () => undefined,
    draft: async () => ({ id: 'd1', audience: 2 }),
    broadcast: async () => 2,
    deliveries: async () => ({ pending: 30, sending: 10, sent: 1_200, unknown: 0, dead: failures.length }),
    progress: async () => ({ total: 1_000, ended: 620, later: 200 }),
    failures: async () => failures,
    async retryFailures() {
      const { length } = failures;
      failures = [];
      return length;
    },
    reload: async () => ({ posts: waitingPosts, problems: [], revision: '2' }),
    ...overrides,
  };
}

function createAdminWorld(desk: AdminDesk = createDesk(), subscribers: readonly Subscriber[] = []) {
  return createConversationWorld({ desk, admins: [reader], book: createMemoryBook(subscribers) });
}

describe('the commands of admins', () => {
  it('/dashboard gives a link that opens the dashboard, in a private chat alone', async () => {
    let links = 0;
    const signInLink = async () => {
      links += 1;
      return `https://bot.example/admin/sign-in?token=${links}`;
    };
    const world = createAdminWorld(createDesk({ signInLink }));
    const { actions } = await world.ask('/dashboard');
    expect(actions).toEqual([[{ label: 'Open the dashboard', url: 'https://bot.example/admin/sign-in?token=1' }]]);
    expect((await world.ask('/后台')).actions.flat()).toHaveLength(1);

    const refused = await world.ask('/dashboard', { place: 'group' });
    expect(refused.actions).toEqual([]);
    expect(refused.text).toContain('private chat');
    expect(links).toBe(2);
  });

  it('/dashboard writes out an address of this machine, which platforms take for no button', async () => {
    const world = createAdminWorld(
      createDesk({ signInLink: async () => 'http://127.0.0.1:8080/admin/sign-in?token=1' }),
    );
    const { text, actions } = await world.ask('/dashboard');
    expect(text.split('\n').at(-1)).toBe('http://127.0.0.1:8080/admin/sign-in?token=1');
    expect(actions).toEqual([]);
  });

  it.each(['/announce', '/stats', '/reload', '/dashboard', '/公布', '/broadcast all'])(
    '%s does not exist for others',
    async (text) => {
      const desk = createDesk();
      const world = createConversationWorld({ desk, admins: [{ channel: 'telegram', chat: 'reader' }] });

      expect((await world.ask(text)).text).toContain('I don’t know');
      expect((await world.ask('/help')).text).not.toContain('/announce');
    },
  );

  it('do nothing for others who press a copied button', async () => {
    const desk = createDesk();
    const world = createConversationWorld({ desk, admins: [] });
    const command = { name: 'announce', argument: 'approve', page: 0 } as const;
    const incoming = { address: reader, place: 'private', mayManage: true, input: { command } } as const;

    expect((await world.conversation.answer(incoming, new AbortController().signal)).text).toContain('I don’t know');
    expect(desk.decided).toEqual([]);
  });

  it('stand in the help of an admin', async () => {
    const { text } = await createAdminWorld().ask('/help');
    for (const name of ['announce', 'stats', 'reload']) expect(text).toContain(`\n/${name}`);
  });

  it('say so where nothing is announced', async () => {
    const world = createConversationWorld({ admins: [reader] });
    expect((await world.ask('/announce')).text).toContain('Nothing is announced from here');
    expect((await world.ask('/reload')).text).toContain('Nothing is announced from here');
  });
});

describe('/announce', () => {
  it('shows what waits, how far deliveries are, and what failed', async () => {
    const answer = await createAdminWorld().ask('/announce');

    expect(answer.text).toContain('2 posts are waiting for your approval.');
    expect(answer.text).toContain(
      'Last announcement: ▰▰▰▰▰▰▰▱▱▱ 620 of 1,000; 200 come at the time their readers chose',
    );
    expect(answer.text).toContain('1,200 sent, 10 on the way, 30 waiting, 0 unconfirmed, 1 failed');
    expect(answer.text).toContain('telegram:7: message is too long (Long)');
    expect(answer.cards.map(({ title }) => title.text)).toEqual(['First', 'Second']);
  });

  it.each([
    ['Tell everyone', 'announced', '2 posts are going out now'],
    ['Don’t announce', 'discarded', '2 posts won’t be announced'],
  ])('decides by “%s”, in place and once', async (label, as, said) => {
    const desk = createDesk();
    const world = createAdminWorld(desk);
    const before = await world.ask('/announce');
    const after = await world.press(before, label);

    expect(after.text).toContain(said);
    expect(labels(after)).not.toContain(label);
    expect((await world.press(before, label)).text).toContain('Nothing is waiting');
    expect(desk.decided[0]).toBe(as);
  });

  it('shows what subscribers will read before anything is decided', async () => {
    const desk = createDesk();
    const world = createAdminWorld(desk);
    const preview = await world.press(await world.ask('/announce'), 'Preview');

    expect(preview.text).toBe('🔔 2 new posts');
    expect(preview.footer).toContain('every new post');
    expect(desk.decided).toEqual([]);
  });

  it('tries failed deliveries again', async () => {
    const world = createAdminWorld();
    const after = await world.press(await world.ask('/announce'), 'Try failed ones again');
    expect(after.text).toContain('1 failed delivery is tried again');
    expect(labels(after)).toEqual(['Tell everyone', 'Don’t announce', 'Preview', 'Refresh']);
  });

  it('lets an admin believe a catalog that shrank', async () => {
    const desk = createDesk();
    await createAdminWorld(desk).ask('/announce believe');
    expect(desk.decided).toEqual(['believe']);
  });

  it('decides nothing by words that it does not know', async () => {
    const desk = createDesk();
    expect((await createAdminWorld(desk).ask('/announce aprove')).text).toContain('“aprove” is none of');
    expect(desk.decided).toEqual([]);
  });
});

describe('/stats', () => {
  it('counts subscribers by channel, without those who get nothing', async () => {
    const one = (chat: string, more: Partial<Subscriber> = {}): Subscriber => ({
      address: { channel: 'telegram', chat },
      subscriptions: [{ kind: 'everything' }],
      state: 'active',
      since: new Date(0),
      ...more,
    });
    const { text } = await createAdminWorld(createDesk(), [
      one('1', { since: new Date('2026-11-20T00:00:00Z') }),
      one('2', {
        subscriptions: [
          { kind: 'query', query: 'LoRA' },
          { kind: 'category', category: 'LLM' },
        ],
      }),
      one('3', { state: 'suspended' }),
      one('4', { subscriptions: [] }),
      one('5', { address: { channel: 'web', chat: '5' }, since: new Date('2026-11-24T09:00:00Z') }),
    ]).ask('/stats');

    expect(text).toContain('Subscribers: 3 active, 1 suspended\n– telegram: 2\n– web: 1');
    expect(text).toContain('New subscribers: 1 in the last day, 2 in 7 days, 2 in 30 days');
    // 16:00 on a Wednesday in Shanghai.
    expect(text).toContain('Day by day: Thu 0, Fri 1, Sat 0, Sun 0, Mon 0, Tue 1, Wed 0');
    expect(text).toContain('3 to everything, 1 to a category, 1 to words');
    expect(text).toContain('16 posts in 6 categories');
  });
});

describe('a catalog in trouble', () => {
  it('stands in /announce, with a button that takes it as it is', async () => {
    const done: string[] = [];
    const desk = createDesk({
      trouble: () => (done.length > 0 ? undefined : 'list.md: it would lose 9 of 10 posts'),
      believe: () => void done.push('believe'),
      reload: async () => {
        done.push('reload');
        return { posts: waitingPosts, problems: [], revision: '2' };
      },
    });
    const world = createAdminWorld(desk);
    const answer = await world.ask('/announce');
    expect(answer.text).toContain('The catalog needs a look: list.md: it would lose 9 of 10 posts');
    expect((await world.press(answer, 'Take it as it is')).text).not.toContain('The catalog needs a look');
    expect(done).toEqual(['believe', 'reload']);
  });
});

describe('/broadcast', () => {
  it('shows the words as they will be read, line by line, and sends them when the button is pressed', async () => {
    const sent: string[] = [];
    const drafts: string[] = [];
    const desk = createDesk({
      draft: async (words) => ({ id: `d${drafts.push(words)}`, audience: 2 }),
      broadcast: async (id) => sent.push(id) + 1,
    });
    const world = createAdminWorld(desk);
    const preview = await world.ask('/broadcast We are moving\u202e.\n\n\n  See  you at <b>https://new.example</b>');
    expect(drafts).toEqual(['We are moving.\n\nSee you at <b>https://new.example</b>']);
    expect(preview.text).toBe(`Press the button to send this to 2 subscribers:\n\n${drafts[0]}`);
    expect(sent).toEqual([]);

    expect((await world.press(preview, 'Send to 2')).text).toBe('On its way to 2 subscribers.');
    expect(sent).toEqual(['d1']);
  });

  it.each([
    ['/broadcast', 'What shall I tell everyone?'],
    ['/群发', 'What shall I tell everyone?'],
    [`/broadcast ${'a'.repeat(2_001)}`, '2,000 characters at most'],
  ])('asks for words that fit: %.20s', async (text, answer) => {
    expect((await createAdminWorld().ask(text)).text).toContain(answer);
  });

  it('says when a draft is too old, was sent before, or has nobody to go to', async () => {
    const send = async (count: number | undefined) => {
      const world = createAdminWorld(createDesk({ broadcast: async () => count }));
      return (await world.press(await world.ask('/broadcast Hello'), 'Send to 2')).text;
    };
    expect(await send(undefined)).toContain('older than an hour');
    expect(await send(0)).toContain('Already sent');
    const lonely = createAdminWorld(createDesk({ draft: async () => ({ id: 'd1', audience: 0 }) }));
    expect((await lonely.ask('/broadcast Hello')).text).toContain('Nobody subscribes yet');
  });
});

describe('what people look for', () => {
  it('stands in /stats, and what they do not find too', async () => {
    const desk = createDesk({
      queries: async () => ({
        top: [{ query: 'LoRA', count: 12, total: 3 }],
        unanswered: [{ query: 'kubernetes\noperators', count: 2, total: 0 }],
      }),
    });
    const { text } = await createAdminWorld(desk).ask('/stats');
    expect(text).toContain('Top searches:\n– LoRA: 12\nSearches without a result:\n– kubernetes operators: 2');
  });
});

describe('/reload', () => {
  it('reads the sources again and names what is wrong in them', async () => {
    const problem = {
      source: 'posts.md',
      line: 7,
      code: 'no-link',
      severity: 'error',
      message: 'no link; add one',
    } as const;
    const desk = createDesk({ reload: async () => ({ posts: waitingPosts, problems: [problem], revision: '2' }) });
    expect((await createAdminWorld(desk).ask('/reload')).text).toBe(
      'Read: 2 posts, 1 problem:\nposts.md:7: no link; add one',
    );
  });
});
