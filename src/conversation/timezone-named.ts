/** Cities as Chinese readers write them; English ones are found by the zones' own names. */
const chineseCities: ReadonlyMap<string, string> = new Map([
  ['北京', 'Asia/Shanghai'],
  ['上海', 'Asia/Shanghai'],
  ['中国', 'Asia/Shanghai'],
  ['香港', 'Asia/Hong_Kong'],
  ['澳门', 'Asia/Macau'],
  ['台北', 'Asia/Taipei'],
  ['新加坡', 'Asia/Singapore'],
  ['东京', 'Asia/Tokyo'],
  ['首尔', 'Asia/Seoul'],
  ['悉尼', 'Australia/Sydney'],
  ['伦敦', 'Europe/London'],
  ['巴黎', 'Europe/Paris'],
  ['柏林', 'Europe/Berlin'],
  ['纽约', 'America/New_York'],
  ['旧金山', 'America/Los_Angeles'],
  ['洛杉矶', 'America/Los_Angeles'],
  ['多伦多', 'America/Toronto'],
]);

/**
 * The IANA timezone that the words mean: its name in any case, its city, or a distance from UTC in whole hours
 * such as `UTC+8`. Undefined for anything else.
 */
export function timezoneNamed(words: string): string | undefined {
  const name = words.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, '_');
  const chinese = chineseCities.get(name);
  if (chinese) return chinese;

  const [, sign, hours] = /^(?:utc|gmt)([+-])(\d{1,2})$/.exec(name) ?? [];
  // The names count westwards: Etc/GMT-8 lies eight hours ahead of UTC.
  if (sign && hours) return canonical(`Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`);
  if (/^[a-z_]+(?:\/[a-z0-9_+-]+)+$|^utc$/.test(name)) return canonical(name);
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${name}`));
}

function canonical(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
