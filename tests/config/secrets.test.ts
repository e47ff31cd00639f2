import { variables } from '../../src/config/environment.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { secretsIn } from '../../src/config/secrets.ts';
import { hideSecrets } from '../../src/kernel/create-log.ts';

/** A value for each variable that is a secret by its name, told apart from all others. */
const secrets = {
  WEB_PUSH_PRIVATE_KEY: 'V'.repeat(43),
  TELEGRAM_BOT_TOKEN: '123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  TELEGRAM_WEBHOOK_SECRET: 'telegram-webhook-secret',
  WECHAT_APP_SECRET: 'wechatappsecret',
  WECHAT_TOKEN: 'wechattoken',
  WECHAT_ENCODING_AES_KEY: 'W'.repeat(43),
  WECHAT_PREVIOUS_ENCODING_AES_KEY: 'P'.repeat(43),
  WECOM_SECRET: 'wecomsecret',
  WECOM_TOKEN: 'wecomtoken',
  WECOM_ENCODING_AES_KEY: 'C'.repeat(43),
  WECOM_ROBOT_WEBHOOKS: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=robot-key',
};
const printed = { ...secrets, WECOM_ROBOT_WEBHOOKS: 'robot-key', DATABASE_URL: 'database-password' };

describe('the secrets of the configuration', () => {
  it('are all that are secrets by their names', () => {
    const named = Object.keys(variables).filter((name) => /TOKEN|SECRET|(?<!PUBLIC)_KEY|ROBOT_WEBHOOKS/.test(name));
    expect(Object.keys(secrets).sort()).toEqual(named.sort());
  });

  it('are each hidden from the log', () => {
    const environment = {
      ...secrets,
      DATABASE_URL: 'postgres://user:database-password@host/name',
      CATALOG: 'posts.md, https://reader:feed%20password@blog.example/feed.xml',
    };
    const hide = hideSecrets(secretsIn(environment));
    for (const [name, secret] of Object.entries(printed))
      expect([name, hide(`x ${secret} y`)]).toEqual([name, 'x [secret] y']);
    expect(hide(environment.CATALOG)).toBe('posts.md, https://reader:[secret]@blog.example/feed.xml');
    expect(hide('(feed password)')).toBe('([secret])');
  });

  it('are hidden where the configuration cannot be read', () => {
    const environment = {
      WECHAT_ENCODING_AES_KEY: 'too-short-a-key',
      DATABASE_URL: 'mysql://user:pa%2Fss:word@host/name',
    };
    expect(() => readConfig(environment)).toThrow();
    expect([...secretsIn(environment)].sort()).toEqual(['pa%2Fss:word', 'pa/ss:word', 'too-short-a-key']);
  });

  it('are not repeated by an error about them', () => {
    const wrong = Object.fromEntries(Object.keys(secrets).map((name) => [name, 'neither token nor key: §§§']));
    expect(() => readConfig(wrong)).toThrow(
      /WEB_PUSH_PRIVATE_KEY[^§]*TELEGRAM_BOT_TOKEN[^§]*WECOM_ROBOT_WEBHOOKS[^§]*$/,
    );
  });
});
