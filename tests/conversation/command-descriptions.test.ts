import { adminCommandDescriptions, commandDescriptions } from '../../src/conversation/command-descriptions.ts';
import { loadPhrases } from '../../src/conversation/phrases/phrases.ts';

describe('the command menu', () => {
  const menu = commandDescriptions(loadPhrases());
  const adminMenu = adminCommandDescriptions(loadPhrases());

  it('lists what readers look for, in the order in which they need it', () => {
    expect(menu.map(({ name }) => name).slice(0, 3)).toEqual(['search', 'latest', 'categories']);
    expect(menu.map(({ name }) => name)).toEqual(expect.arrayContaining(['subscribe', 'settings', 'help', 'forget']));
    expect(menu.map(({ name }) => name)).not.toContain('start');
  });

  it('lists what only admins can do for admins alone', () => {
    expect(adminMenu.map(({ name }) => name)).toEqual(['announce', 'broadcast', 'stats', 'reload', 'dashboard']);
    for (const { name } of adminMenu) expect(menu.map((one) => one.name)).not.toContain(name);
  });

  it('describes each in both languages, within what Telegram takes', () => {
    for (const { name, description } of [...menu, ...adminMenu]) {
      expect(name).toMatch(/^[a-z0-9_]{1,32}$/);
      for (const text of Object.values(description)) {
        expect(text.length).toBeGreaterThanOrEqual(3);
        expect(text.length).toBeLessThanOrEqual(100);
      }
      expect(description.zh).toMatch(/\p{Script=Han}/u);
      expect(description.en).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
