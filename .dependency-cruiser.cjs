// Holds the import directions of the architecture: docs/architecture.md draws them.
const mayImport = {
  kernel: [],
  posts: ['kernel'],
  message: ['kernel'],
  subscribers: ['kernel'],
  config: ['kernel', 'subscribers'],
  catalog: ['kernel', 'posts'],
  search: ['kernel', 'posts'],
  conversation: ['kernel', 'posts', 'message', 'subscribers', 'search'],
  announce: ['kernel', 'posts', 'message', 'subscribers', 'search'],
  store: ['kernel', 'posts', 'message', 'subscribers', 'announce'],
  channels: ['kernel', 'message', 'subscribers', 'conversation', 'announce'],
  covers: ['kernel', 'posts'],
};

const only = (name, packageName, place) => ({
  name: `${name}-only-in-its-place`,
  severity: 'error',
  from: { path: '^src/', pathNot: place },
  to: { path: `node_modules/${packageName}/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(mayImport).map(([module, allowed]) => ({
      name: `${module}-imports-only-what-it-may`,
      severity: 'error',
      from: { path: `^src/${module}/` },
      to: { path: '^src/', pathNot: `^src/(${[module, ...allowed].join('|')})/` },
    })),
    {
      name: 'channels-do-not-know-each-other',
      severity: 'error',
      // WeChat and WeCom are one platform's: their callbacks, limits and manner of talking stand in tencent/.
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/($1|tencent)/' },
    },
    {
      name: 'only-wechat-and-wecom-share-tencent',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/channels/(tencent|wechat|wecom)/' },
      to: { path: '^src/channels/tencent/' },
    },
    {
      name: 'tencent-knows-no-channel',
      severity: 'error',
      from: { path: '^src/channels/tencent/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/tencent/' },
    },
    {
      name: 'pure-modules-touch-no-files',
      severity: 'error',
      from: { path: '^src/(posts|message|subscribers|conversation|announce)/', pathNot: '^src/conversation/phrases/' },
      to: { path: '^(node:)?(fs|net|http|https|child_process)(/|$)' },
    },
    only('grammy', 'grammy', '^src/channels/telegram/'),
    only('flexsearch', 'flexsearch', '^src/search/'),
    only('better-sqlite3', 'better-sqlite3', '^src/store/sqlite/'),
    only('pg', 'pg', '^src/store/postgres/'),
    only('fastify', 'fastify', '^src/server/'),
    only('dotenv', 'dotenv', '^src/config/'),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/web/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
