import { closeSync, openSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { type Environment, type Ran, runVigie, startVigie } from '#test/support/processes.ts'

/** How a command says no: one sentence in the reader's language, a code, and never a stack. */
vi.setConfig({ testTimeout: 120_000 })

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

/** Nobody listens there: port 1 is reserved, and never given out. */
const nowhere = { DATABASE_URL: 'postgresql://vigie@127.0.0.1:1/vigie' }

const vigie = (args: readonly string[], env: Environment = {}): Promise<Ran> =>
  runVigie(args, { env: { DATABASE_URL: database.url, ...env } })

const lineOfStack = /^ +at .*:\d+:\d+\)?$/m

/** Refused: nothing on stdout, no stack, and the sentence is answered. */
function refusalOf(ran: Ran, code: number): string {
  expect(ran).toMatchObject({ code, stdout: '' })
  expect(ran.stderr).not.toMatch(lineOfStack)
  expect(ran.stderr).not.toBe('')
  return ran.stderr
}

describe('help', () => {
  test.concurrent('is what a command without its verb prints, as a message, and it is bad usage', async () => {
    for (const args of [[], ['expenditures']]) {
      const ran = await vigie(args, nowhere)
      expect(refusalOf(ran, 2)).toContain('Utilisation : vigie')
    }
  })

  test.concurrent('is in English for who reads English', async () => {
    const [byLocale, byFlag] = await Promise.all([
      vigie(['help', 'report'], { LC_ALL: 'en_CA.UTF-8' }),
      vigie(['report', '--help', '--lang', 'en'], { LC_ALL: 'fr_CA.UTF-8' }),
    ])
    expect(byLocale.stdout).toMatch(/^Usage: vigie report .*print this help/s)
    expect(byFlag.stdout).toBe(byLocale.stdout)
  })
})

describe('usage', () => {
  test.concurrent.each([
    [['repport'], 'Commande inconnue : repport. Vouliez-vous dire report ?'],
    [['expenditures', 'aprove'], 'Commande inconnue : aprove. Vouliez-vous dire approve ?'],
    [
      ['--lang', 'de', 'verify'],
      'Valeur refusée pour --lang <language> : Choisissez parmi fr, en.',
    ],
    [['report', 'comparison', '--from', '2025'], 'L’exercice doit s’écrire 2025-2026'],
    [['expenditures', 'decide', 'D', '--as', 'x', '--request', 'y'], 'Choisissez --approve ou'],
  ])('%j is bad input', async (args, sentence) => {
    expect(refusalOf(await vigie(args, nowhere), 2)).toContain(sentence)
  })

  test.concurrent('is explained in English where English is read', async () => {
    const ran = await vigie(['repport'], { LC_ALL: 'en_CA.UTF-8' })
    expect(refusalOf(ran, 2)).toBe("unknown command 'repport'\n(Did you mean report?)\n")
  })
})

describe('exit codes', () => {
  beforeAll(async () => {
    for (const role of ['officer', 'analyst']) {
      const person = ['--email', `${role}@msp.example`, '--name', role, '--organization', 'MSP']
      await vigie(['users', 'add', ...person, '--role', role])
    }
  })
  const entry = [
    ...['expenditures', 'add', '--organization', 'MSP', '--measure', '12', '--amount', '5'],
    ...['--document-number', 'F-1', '--supplier', 'S', '--description', 'D'],
  ]

  test.concurrent.each([
    [
      3,
      'who has another role',
      [...entry, '--service-date', '2025-06-15', '--as', 'analyst@msp.example'],
    ],
    [
      4,
      'a document that is not there',
      ['expenditures', 'show', 'D-1', '--as', 'officer@msp.example'],
    ],
    [4, 'a report that is not there', ['report', 'bilan']],
    [
      6,
      'a day that has not come',
      [...entry, '--service-date', '2098-01-01', '--as', 'officer@msp.example'],
    ],
    [
      2,
      'a range that runs backwards',
      ['report', 'reconciliation', '--from', '2025-2026', '--to', '2021-2022'],
    ],
  ])('%i for %s, with a sentence and a code', async (code, _what, args) => {
    expect(refusalOf(await vigie(args), code)).toMatch(/^\S.*[.?] \[[a-z]+\/[a-z-]+\]\n$/)
  })

  test.concurrent('5 for a document in another state', async () => {
    const acting = ['--as', 'officer@msp.example', '--format', 'json']
    const entered = await vigie([...entry, '--service-date', '2025-06-15', ...acting])
    const { number } = JSON.parse(entered.stdout)
    const reason = ['--reason', 'Erreur']
    const ran = await vigie(['expenditures', 'reverse', number, ...reason, ...acting])
    expect(refusalOf(ran, 5)).toContain(`${number} est à l’état « brouillon »`)
  })

  test.concurrent('7 for a database that is away, which the OpenAPI document does not need', async () => {
    const [away, socket, openapi] = await Promise.all([
      vigie(['report', 'comparison'], nowhere),
      vigie(['users', 'list'], { DATABASE_URL: 'postgresql:///vigie?host=/nowhere' }),
      vigie(['openapi'], nowhere),
    ])
    expect(refusalOf(away, 7)).toContain('La base de données ne répond pas')
    expect(refusalOf(socket, 7)).toContain('La base de données ne répond pas')
    expect(openapi).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(openapi.stdout).openapi).toMatch(/^3\.1\./)
  })
})

describe('a configuration that cannot be used', () => {
  test.concurrent('is refused as a whole, every variable at once, without repeating a value', async () => {
    const ran = await vigie(['verify'], {
      DATABASE_URL: 'mysql://u:secret@h/d',
      PORT: 'abc',
      LOG_LEVEL: '',
    })
    const lines = refusalOf(ran, 2).trimEnd().split('\n')
    expect(lines[0]).toMatch(/vérifiez DATABASE_URL, PORT, LOG_LEVEL\. \[config\/invalid\]$/)
    expect(lines.slice(1).map((line) => line.split(' : ')[0])).toEqual([
      '  DATABASE_URL',
      '  PORT',
      '  LOG_LEVEL',
    ])
    expect(ran.stderr).not.toContain('secret')
  })

  test.concurrent('half set, never falls back in silence to a database of its own', async () => {
    const ran = await vigie(['users', 'list'], { DATABASE_URL: '', VIGIE_DATA: '' })
    expect(refusalOf(ran, 2)).toMatch(/^ {2}DATABASE_URL : .*\n {2}VIGIE_DATA : /m)
  })

  test.concurrent('is told what the database’s own refusal means', async () => {
    const url = new URL(database.url)
    url.pathname = '/absente'
    const absent = await vigie(['db', 'migrate'], { DATABASE_URL: url.toString() })
    expect(refusalOf(absent, 2)).toMatch(/absente.*créez la base de données/)
    url.username = 'inconnu'
    const stranger = await vigie(['db', 'status'], { DATABASE_URL: url.toString() })
    expect(refusalOf(stranger, 2)).toMatch(/inconnu.*vérifiez l’utilisateur/)
  })

  test('may stand in a file .env, which changes nothing that is set', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'vigie-env-'))
    onTestFinished(() => rm(cwd, { recursive: true }))
    await writeFile(join(cwd, '.env'), `DATABASE_URL=${nowhere.DATABASE_URL}\nPORT=hier\n`)
    const read = await runVigie(['users', 'list'], { cwd, env: { PORT: '3000' } })
    expect(refusalOf(read, 7)).toContain('ne répond pas')
    // What serves reads it too, whatever its flags add.
    const serving = await runVigie(['serve', '--host', '127.0.0.1'], { cwd })
    expect(refusalOf(serving, 2)).toContain('vérifiez PORT')
  })
})

describe('a file or a reader that takes nothing', () => {
  test.concurrent('an output file that cannot be written is named, with what to do', async () => {
    const ran = await vigie(['report', 'comparison', '--format', 'csv', '-o', '/nowhere/x.csv'])
    expect(refusalOf(ran, 2)).toMatch(
      /^Impossible d’écrire \/nowhere\/x\.csv \(ENOENT\).*\[terminal\/unwritable\]\n$/,
    )
  })

  test('a reader that has seen enough is no error', async () => {
    const running = startVigie(['openapi'])
    running.child.stdout?.destroy()
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
  })

  test.runIf(process.platform === 'linux')('a full disk is never a success', async () => {
    const full = openSync('/dev/full', 'w')
    const ran = await runVigie(['openapi'], { stdout: full })
    closeSync(full)
    expect(ran.code).toBe(7)
    expect(ran.stderr).toBe(
      'Le disque n’a pas accepté stdout (ENOSPC). Libérez de la place et recommencez. [terminal/disk]\n',
    )
  })
})
