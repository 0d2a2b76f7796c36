import { LONG_SUITES } from './test/long-suites.mjs';

/** Jest runs the TypeScript sources as ES modules: no build, the tests see what the product runs. */
export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/run-folder-open.mjs',
  globalTeardown: '<rootDir>/test/run-folder-remove.mjs',
  testSequencer: '<rootDir>/test/slowest-first.mjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: process.env.TESTS === 'full' ? [] : LONG_SUITES.map((suite) => `/test/${suite}\\.test\\.ts$`),
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  // Worlds wait for their servers more than they compute: three of them keep two cores busy.
  maxWorkers: 3,
  testTimeout: 60_000,
};
