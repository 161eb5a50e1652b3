import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const report = process.env.TEST_REPORT

/** What people do, in Debian's chromium. A machine without it fails, and says so. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: [
      'default',
      ...(report === undefined ? [] : [['json', { outputFile: report }] as ['json', object]]),
    ],
    // A browser has processes of its own.
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})
