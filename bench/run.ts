/**
 * `npm run bench [-- NAME [ARGS]]`: prints ratios measured side by side in one run, since this is the
 * only speed that means something on a busy machine. Without a name every bench runs in turn.
 */
const benches: Readonly<Record<string, () => Promise<(args: string[]) => Promise<void>>>> = {
  search: async () => (await import('./search.ts')).benchSearch,
  telegram: async () => (await import('./telegram.ts')).benchTelegram,
  announce: async () => (await import('./announce.ts')).benchAnnounce,
  catalog: async () => (await import('./catalog.ts')).benchCatalog,
  web: async () => (await import('./web.ts')).benchWeb,
  wechat: async () => (await import('./wechat.ts')).benchWechat,
};

const [name, ...args] = process.argv.slice(2);
if (name !== undefined && !Object.hasOwn(benches, name)) {
  console.error(`There is no bench "${name}"; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
for (const [known, load] of Object.entries(benches)) {
  if (name !== undefined && name !== known) continue;
  console.log(`\n## ${known}`);
  const run = await load();
  await run(args);
}
