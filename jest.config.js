import { readFileSync } from 'node:fs';

/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
  // The whole-process tests run dist: it is built from the very sources under test.
  globalSetup: '<rootDir>/tests/support/build.ts',
  setupFiles: ['<rootDir>/tests/support/property-seed.ts'],
  // Also on two cores: in a worker no test file's memory outlives it, and one that hangs ends with its worker.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60_000,
  collectCoverageFrom: ['src/**/*.ts', '!src/web/**'],
  coverageReporters: ['text-summary', 'lcov', 'json-summary'],
  // `npm run coverage` raises these when more is covered; they never go down.
  coverageThreshold: { global: JSON.parse(readFileSync(new URL('tests/coverage.json', import.meta.url), 'utf8')) },
  coverageDirectory: 'coverage',
};
