/** Whether this is an IANA name of a time zone that the machine knows, such as `Asia/Shanghai`. */
export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
