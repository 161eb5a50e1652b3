import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const report = process.env.TEST_REPORT || null
const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Three tiers: every test with small figures; with TEST_LONG=1 those that have greater ones, which
 * ask test/support/tier.ts; with TEST_RELEASE=1 those that need special set-up. What stands on the
 * programs of PostgreSQL 15 is collected where scripts/test-postgres15.ts brings them.
 */
const special = ['test/release/**/*.test.ts']
const isOnPostgres15 = process.env.TEST_POSTGRES15 === '1'
const elsewhere = [
  ...special,
  // test/office.config.ts: they need more than npm brings.
  'test/office/**',
  // test/browser.config.ts: chromium.
  'test/browser/**',
  ...(isOnPostgres15 ? [] : ['test/postgres15/**/*.test.ts']),
]
const isLong = process.env.TEST_LONG === '1'
const isRelease = process.env.TEST_RELEASE === '1'
const scaling = (): string[] =>
  globSync('test/**/*.test.ts', { cwd: root, exclude: elsewhere }).filter((path) =>
    /support\/(tier|seed)\.ts'/.test(readFileSync(`${root}/${path}`, 'utf8')),
  )

/**
 * One PostgreSQL for the run (global-setup), a clone of its template a test file: files run in
 * parallel without seeing one another.
 */
export default defineConfig({
  root,
  test: {
    include: isRelease ? special : isLong ? scaling() : ['test/**/*.test.{ts,tsx}'],
    exclude: isRelease ? [] : elsewhere,
    globalSetup: ['test/support/global-setup.ts'],
    reporters: [
      'default',
      // For whoever adds several runs up (.ci/run).
      ...(report === null ? [] : [['json', { outputFile: report }] as ['json', object]]),
    ],
    // A process reads the modules once for all the files that it is given: they share no state.
    isolate: false,
    // As many files at a time as there are processors: most wait for the database.
    maxWorkers: '100%',
    // For what hangs; a machine that others keep busy takes its time.
    testTimeout: isLong || isRelease ? 3_600_000 : 240_000,
    hookTimeout: 240_000,
    // Of the core by its own tests (npm run test:coverage); counting slows down whatever runs.
    coverage: {
      reporter: ['text-summary'],
      include: ['src/core/**'],
      thresholds: { statements: 100, branches: 100, functions: 100, lines: 100 },
    },
  },
})
