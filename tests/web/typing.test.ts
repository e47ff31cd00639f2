import type { Browser, Locator } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { type ChatPage, openChat } from '../support/chat-page.ts';
import { startWebApp, type WebApp } from '../support/web-app.ts';

describeInBrowser('typing in the chat', () => {
  let browser: Browser;
  let app: WebApp;
  let chat: ChatPage;
  let box: Locator;
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await startWebApp();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  beforeEach(async () => {
    chat = await openChat(browser, app.url);
    box = chat.page.locator('textarea');
  });
  afterEach(() => chat.close());

  const sent = async () => (await chat.lines()).filter(({ from }) => from === 'reader').map(({ text }) => text);

  it('sends nothing while an input method composes, and all of it afterwards', async () => {
    const input = await chat.context.newCDPSession(chat.page);
    await box.focus();
    await input.send('Input.imeSetComposition', { text: 'ㄋㄧˇ', selectionStart: 3, selectionEnd: 3 });
    // What a browser sends for the Enter that ends the composition: the key belongs to the input method.
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true, keyCode: 229 });
    expect(await sent()).toEqual([]);

    await input.send('Input.insertText', { text: '你' });
    await box.press('Enter');
    await chat.page.locator('.entry.reader').waitFor();
    expect(await sent()).toEqual(['你']);
  });

  it('sends nothing for the Enter that Safari reports after the composition, by key code alone', async () => {
    await box.fill('你好');
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: false, keyCode: 229 });
    expect([await sent(), await box.inputValue()]).toEqual([[], '你好']);
  });

  it('breaks the line with Shift+Enter', async () => {
    await box.fill('one');
    await box.press('Shift+Enter');
    await box.pressSequentially('two');
    expect([await sent(), await box.inputValue()]).toEqual([[], 'one\ntwo']);
  });

  it('sends no blank message', async () => {
    await chat.type('   ');
    await chat.ask('LoRA');
    expect(await sent()).toEqual(['LoRA']);
  });

  it('empties the box when the message is sent', async () => {
    await chat.ask('LoRA');
    expect(await box.inputValue()).toBe('');
  });

  it('answers in the order of the questions, however fast they come', async () => {
    for (const words of ['LoRA', 'Docker', 'Diffusion']) await chat.type(words);
    const cards = chat.page.locator('.entry.bot').filter({ has: chat.page.locator('.card') });
    await cards.nth(2).waitFor();
    const titles = await cards.evaluateAll((answers) =>
      answers.map((answer) => answer.querySelector('h2')?.textContent?.split(' ')[0]),
    );
    expect(titles).toEqual(['LoRA', 'Docker', 'Diffusion']);
  });

  it('offers the commands after a slash, and takes one by arrow and Enter', async () => {
    await box.fill('/s');
    const options = chat.page.getByRole('option');
    expect(await options.locator('b').allTextContents()).toEqual([
      '/subscribe',
      '/subscriptions',
      '/search ',
      '/series',
    ]);
    await box.press('ArrowDown');
    expect(await chat.page.getByRole('option', { selected: true }).locator('b').textContent()).toBe('/subscriptions');
    await box.press('Enter');
    await chat.page.locator('.entry.reader').waitFor();
    expect(await sent()).toEqual(['/subscriptions']);
  });

  it('waits for the words of a command that needs some', async () => {
    await box.fill('/se');
    await box.press('Enter');
    expect([await box.inputValue(), await sent()]).toEqual(['/search ', []]);
    await box.pressSequentially('LoRA');
    await box.press('Enter');
    await chat.page.locator('.card').first().waitFor();
    expect(await sent()).toEqual(['/search LoRA']);
  });

  it('puts the offer away with Escape', async () => {
    await box.fill('/s');
    await box.press('Escape');
    expect(await chat.page.getByRole('option').count()).toBe(0);
    await box.press('Enter');
    await chat.page.locator('.entry.reader').waitFor();
    expect(await sent()).toEqual(['/s']);
  });

  it('takes a click on a command in what the bot says', async () => {
    await chat.ask('/help');
    await chat.press('/latest');
    await chat.page.locator('.card').first().waitFor();
    expect(await sent()).toEqual(['/help', '/latest']);

    await chat.press('/search');
    // The words come into the box first, then the cursor.
    await chat.page.locator('textarea:focus').waitFor();
    expect(await box.inputValue()).toBe('/search ');
  });

  it('takes a click on a Chinese one, in the middle of a sentence, and takes no other slash for one', async () => {
    const sentence = '一共 3 类；发 /分类 加名字，或（/我的订阅）、/最新。单位 km/小时，/一、a/分类。';
    await chat.page.route('**/api/chat', (route) =>
      route.fulfill({ json: { message: { text: sentence, cards: [], actions: [] } } }),
    );
    await chat.ask('帮助');
    const answer = chat.page.locator('.entry.bot').last();
    expect(await answer.locator('.typed-command').allTextContents()).toEqual(['/分类', '/我的订阅', '/最新']);
    expect(await answer.locator('.bubble').textContent()).toBe(sentence);
    await chat.press('/我的订阅');
    await chat.page.locator('.entry.reader').nth(1).waitFor();
    expect(await sent()).toEqual(['帮助', '/我的订阅']);
  });

  it('begins from anywhere with a slash', async () => {
    await chat.page.getByRole('button', { name: 'Clear chat' }).focus();
    await chat.page.keyboard.press('/');
    await chat.page.keyboard.type('latest');
    expect(await box.inputValue()).toBe('/latest');
  });
});
