import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sabotages } from './sabotage/list.ts'
import type { Edit, Sabotage } from './sabotage/sabotage.ts'

/**
 * `npm run sabotage [-- WORD…]`: a test of the tests. Each sabotage is done to a copy of the tree;
 * the test that guards the promise must be green without it and red with it. With words, only those
 * whose number or name has one of them. Exit 1 when one stays green, 2 on bad usage.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const copied = [
  'docs',
  'fixtures',
  'migrations',
  'package.json',
  'README.md',
  'scripts',
  'src',
  'test',
  'tsconfig.json',
]

interface Outcome {
  readonly passed: number
  readonly failed: readonly string[]
}

type Verdict = 'red' | 'STAYS GREEN' | 'BROKEN'

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

process.exitCode = await main(process.argv.slice(2))

async function main(words: readonly string[]): Promise<number> {
  const chosen = sabotages.filter(
    ({ promise, name }) =>
      words.length === 0 || words.some((word) => `${promise}` === word || name.includes(word)),
  )
  if (chosen.length === 0) {
    say(`no sabotage has ${words.join(' or ')}; there are:`)
    say(sabotages.map(({ promise, name }) => `${promise} ${name}`).join('\n'))
    return 2
  }
  const tree = await copyOfTree()
  try {
    await requireGreen(tree, chosen)
    const verdicts: Verdict[] = []
    for (const sabotage of chosen) {
      verdicts.push(await tried(tree, sabotage))
    }
    return verdicts.every((verdict) => verdict === 'red') ? 0 : 1
  } finally {
    await rm(tree, { recursive: true, force: true })
  }
}

async function copyOfTree(): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'vigie-sabotage-'))
  for (const name of copied) {
    await cp(join(root, name), join(tree, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'))
  return tree
}

/** A test that is red anyway finds nothing. */
async function requireGreen(tree: string, chosen: readonly Sabotage[]): Promise<void> {
  const tests = [...new Set(chosen.map(({ test }) => test))]
  const { passed, failed } = await vitest(tree, tests)
  if (failed.length > 0 || passed === 0) {
    throw new Error(
      `not green without any sabotage: ${passed} passed, failed: ${failed.join('; ')}`,
    )
  }
  say(`without any sabotage ${passed} tests are green`)
}

async function tried(tree: string, sabotage: Sabotage): Promise<Verdict> {
  const { promise, name, edits, test, pattern } = sabotage
  const before = new Map<string, string>()
  for (const edit of edits) {
    const path = join(tree, edit.file)
    const text = await readFile(path, 'utf8')
    before.set(path, before.get(path) ?? text)
    await writeFile(path, edited(text, edit, name))
  }
  const from = performance.now()
  const { passed, failed } = await vitest(tree, [test], pattern)
  for (const [path, text] of before) {
    await writeFile(path, text)
  }
  // Red means that a test ran and failed, not that nothing could run.
  const verdict = failed.length > 0 ? 'red' : passed > 0 ? 'STAYS GREEN' : 'BROKEN'
  const seconds = ((performance.now() - from) / 1_000).toFixed(0)
  process.stdout.write(
    `${String(promise).padStart(2)}  ${name.padEnd(44)}  ${verdict.padEnd(11)}  ${seconds.padStart(3)} s  ${test}\n`,
  )
  return verdict
}

function edited(text: string, { file, find, replace }: Edit, name: string): string {
  const [before, after, ...more] = text.split(find)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`“${name}” no longer fits ${file}: its text must stand there once`)
  }
  return before + replace + after
}

/** Nothing passed and nothing failed when it ended without a report. */
async function vitest(tree: string, tests: readonly string[], pattern?: string): Promise<Outcome> {
  const report = join(tree, 'report.json')
  await rm(report, { force: true })
  const named = pattern === undefined ? [] : ['-t', pattern]
  const child = spawn('vitest', ['run', '--config', 'test/vitest.config.ts', ...named, ...tests], {
    cwd: tree,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, TEST_REPORT: report },
  })
  await new Promise((resolve) => child.once('exit', resolve))
  const text = await readFile(report, 'utf8').catch(() => '{}')
  const { numPassedTests = 0, testResults = [] } = JSON.parse(text) as Report
  const results = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failed = results.filter(({ status }) => status === 'failed')
  return { passed: numPassedTests, failed: failed.map(({ fullName }) => fullName) }
}

interface Report {
  readonly numPassedTests?: number
  readonly testResults?: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}
