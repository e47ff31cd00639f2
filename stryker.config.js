import process from 'node:process';

/**
 * `npm run mutation [-- --mutate 'src/posts/*.ts']`: changes the code in small ways and sees which changes no test
 * notices. `MUTATION_TESTS='tests/posts/*.test.ts'` judges by these tests alone: nearly all others read a post, too,
 * and take minutes where a module's own tests take seconds. What was found before is kept (`--force` begins anew);
 * the scores stand in docs/development.md.
 */
export default {
  mutate: [
    'src/announce/{plan,timing,retry,pacer}.ts',
    'src/posts/{diff,canonical-url,post-id,snapshot,series,reading-guard}.ts',
    'src/search/{rank,query,text,present}/**/*.ts',
    'src/catalog/{dates,resolve-link}.ts',
    'src/catalog/markdown/**/*.ts',
  ],
  testRunner: 'jest',
  // Without databases, servers and browsers, and without a build: what is mutated is pure.
  jest: {
    configFile: 'jest.config.js',
    config: {
      globalSetup: undefined,
      testMatch: process.env.MUTATION_TESTS?.split(' ').map((path) => `<rootDir>/${path}`) ?? [
        '<rootDir>/tests/{posts,search}/**/*.test.ts',
        '<rootDir>/tests/catalog/{cases,pairs,dates,check,front-matter}.test.ts',
        '<rootDir>/tests/announce/{plan,timing,retry,pacer}.test.ts',
      ],
    },
  },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  // TypeScript 7 has no API for Stryker to read a tsconfig with.
  tsconfigFile: 'none.json',
  // Strings are words and keys for people: what they say is not for tests to repeat.
  mutator: { excludedMutations: ['StringLiteral'] },
  // With a slash: src/catalog/data is no data of a running bot.
  ignorePatterns: ['/dist', '/coverage', '/reports', '/data', '/docs', '/bench'],
  incremental: true,
  incrementalFile: 'reports/mutation.json',
  tempDirName: 'reports/mutation',
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  concurrency: 1,
  timeoutMS: 20_000,
};
