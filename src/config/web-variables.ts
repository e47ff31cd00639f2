import { flag, numberOr, textLike, type Variable, variable } from './variable.ts';

/** What is counted, and notifications of browsers: without any of it keys are made at the first start and kept in the database. */
export const webVariables = {
  COUNT_OPENS: variable(
    flag,
    'true: cards open their articles by way of PUBLIC_URL/r/…, which counts how often, and keeps nothing of who',
    'false',
  ),
  KEEP_QUERIES_DAYS: variable(
    numberOr(30, { max: 3_650 }),
    'For how many days the dashboard counts what readers look for, without who; 0: in memory only, never on disk',
    '30',
  ),
  WEB_PUSH_PUBLIC_KEY: variable(
    textLike(/^[A-Za-z0-9_-]{87}=?$/, 'write the 87 characters of a VAPID public key'),
    'VAPID keys of browser notifications; made and kept by Postbell where empty',
  ),
  WEB_PUSH_PRIVATE_KEY: variable(
    textLike(/^[A-Za-z0-9_-]{43}=?$/, 'write the 43 characters of a VAPID private key'),
    'The private one; only together with the public one',
  ),
  WEB_PUSH_CONTACT: variable(
    textLike(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'write mailto:you@blog.example or an https address'),
    'Whom push services may turn to: mailto:you@blog.example; PUBLIC_URL where empty',
  ),
} as const satisfies Record<string, Variable>;
