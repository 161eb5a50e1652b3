import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const report = process.env.TEST_REPORT

/**
 * One PostgreSQL for the run (global-setup), a clone of its template a test file: files run in
 * parallel without seeing one another.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: [
      'default',
      // For whoever adds several runs up (.ci/run).
      ...(report === undefined ? [] : [['json', { outputFile: report }] as ['json', object]]),
    ],
    // As many files at a time as there are processors: most wait for the database.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      reporter: ['text-summary'],
      include: ['src/core/**'],
      thresholds: { statements: 100, branches: 100, functions: 100, lines: 100 },
    },
  },
})
