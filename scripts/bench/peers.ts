import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/**
 * Programs that add up a journal of text, as people run them. Each answers every account's balance
 * in cents by the account's name, so that a run counts only if it came to what the record says.
 */
export interface Peer {
  readonly name: string
  /** What it is asked; the first word is the program. */
  readonly command: (journal: Rendered) => readonly string[]
  readonly balancesIn: (printed: string) => ReadonlyMap<string, string>
}

/** The exported journal, the same without what its tags say, and as beancount reads it. */
export interface Rendered {
  readonly exported: string
  readonly bare: string
  readonly beancount: string
}

const lineForm = /^\s*(\S+)\s+(-?\d+\.\d{2})(?: CAD)?\s*$/

const pairs = (printed: string, nameOf: (name: string) => string = (name) => name) =>
  new Map(
    printed.split('\n').flatMap((line): [string, string][] => {
      const [, name, amount] = lineForm.exec(line.replaceAll('"', '').replace(',', ' ')) ?? []
      return name === undefined || amount === undefined ? [] : [[nameOf(name), amount]]
    }),
  )

const ledgerFormat = '%(account) %(display_total)\n'

const hledgerOf = (path: string) => ['hledger', '-f', path, 'balance', '--flat', '-N', '-O', 'csv']
const ledgerOf = (path: string) => [
  ...['ledger', '-f', path, 'balance', '--flat', '--no-total'],
  ...['--balance-format', ledgerFormat],
]

export const peers: readonly Peer[] = [
  {
    name: 'ledger balance',
    command: ({ exported }) => ledgerOf(exported),
    balancesIn: pairs,
  },
  {
    name: 'ledger balance, without the tags',
    command: ({ bare }) => ledgerOf(bare),
    balancesIn: pairs,
  },
  {
    name: 'hledger balance',
    command: ({ exported }) => hledgerOf(exported),
    balancesIn: pairs,
  },
  {
    name: 'hledger balance, without the tags',
    command: ({ bare }) => hledgerOf(bare),
    balancesIn: pairs,
  },
  {
    name: 'bean-query',
    command: ({ beancount }) => [
      ...['bean-query', '--numberify', '--format', 'csv', beancount],
      'select account, sum(position) as amount group by account',
    ],
    balancesIn: (printed) => pairs(printed, fromBeancount),
  },
]

const run = promisify(execFile)

export async function isInstalled(peer: Peer): Promise<boolean> {
  const [program = ''] = peer.command({ exported: '', bare: '', beancount: '' })
  return run('sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  )
}

/** Its cache of parsed files is set aside: it is no measure of adding anything up. */
const environment = { LC_ALL: 'C.UTF-8', BEANCOUNT_DISABLE_LOAD_CACHE: '1' }

export async function ask(peer: Peer, journal: Rendered): Promise<string> {
  const [program = '', ...args] = peer.command(journal)
  const env = { ...process.env, ...environment }
  return (await run(program, args, { env, maxBuffer: 1 << 28 })).stdout
}

/** Writes the two other renderings beside the exported one. */
export async function render(exported: string): Promise<Rendered> {
  const rendered = { exported, bare: `${exported}.bare`, beancount: `${exported}.beancount` }
  const [bare, beancount] = await Promise.all([
    open(rendered.bare, 'w'),
    open(rendered.beancount, 'w'),
  ])
  const parts = { bare: bare.createWriteStream(), beancount: beancount.createWriteStream() }
  for await (const line of createInterface({ input: createReadStream(exported) })) {
    if (!/^ *;/.test(line)) {
      parts.bare.write(`${line}\n`)
      parts.beancount.write(inBeancount(line))
    }
  }
  for (const part of Object.values(parts)) {
    await new Promise((done) => part.end(done))
  }
  return rendered
}

const roots: readonly (readonly [ours: string, theirs: string])[] = [
  ['authority', 'Equity:Authority'],
  ['available', 'Assets:Available'],
  ['committed', 'Assets:Committed'],
  ['spent', 'Expenses:Spent'],
  ['own_resources', 'Income:Own'],
]

/** Names there begin with one of five words, and each part with a capital. */
function toBeancount(name: string): string {
  const [account = '', ...parts] = name.split(':')
  const [, root = ''] = roots.find(([ours]) => ours === account) ?? []
  return [
    root,
    ...parts.map((part) => part.replace(/^[a-z]/, (letter) => letter.toUpperCase())),
  ].join(':')
}

function fromBeancount(name: string): string {
  const [ours = '', theirs = ''] = roots.find(([, root]) => name.startsWith(`${root}:`)) ?? []
  const rest = name.slice(theirs.length)
  return `${ours}${rest.replaceAll(/:(No-|Undistributed)/g, (found) => found.toLowerCase())}`
}

function inBeancount(line: string): string {
  const [, date, kind] = /^(\d{4}-\d{2}-\d{2}) \* \(\d+\) (\S+)$/.exec(line) ?? []
  if (date !== undefined) {
    return `\n${date} * "${kind}"\n`
  }
  const [, opened] = /^account (\S+)$/.exec(line) ?? []
  if (opened !== undefined) {
    return `1990-01-01 open ${toBeancount(opened)}\n`
  }
  const [, name, amount] = /^ {4}(\S+) {2}(-?\d+\.\d{2}) CAD$/.exec(line) ?? []
  return name === undefined ? '' : `  ${toBeancount(name)}  ${amount} CAD\n`
}
