import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const report = process.env.TEST_REPORT

/** What needs programs that npm does not bring: python3 and its openpyxl, LibreOffice, hledger. A machine without them fails, and says so. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/office/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: [
      'default',
      ...(report === undefined ? [] : [['json', { outputFile: report }] as ['json', object]]),
    ],
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})
