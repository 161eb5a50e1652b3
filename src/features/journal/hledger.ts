import { periodKey } from '#core/period.ts'
import type { Account, Cell } from './entry.ts'
import type { FiledEntry } from './journal-file.ts'

/**
 * The record as a journal of hledger, which ledger reads too, so that a program that is not ours
 * adds it up again (docs/interchange.md). A cell is a subaccount, `no-envelope`, `no-measure` or
 * `undistributed` where it has none; what people wrote is in tags, with whatever hledger would read
 * otherwise percent-encoded, so that it comes back exactly. Example: spent, 1 234.50 of QC-12:
 *
 *     2025-06-15 * (45) expenditure
 *         ; position: 12
 *         ; supplier: Lachance%3B fils
 *         available:QC-M12:QC-12:MSP:2025-2026  -1234.50 CAD
 *         spent:QC-M12:QC-12:MSP:2025-2026  1234.50 CAD
 */
export interface JournalHead {
  readonly position: number
  readonly positionAt: string
  readonly seal: string
}

export const hledgerHead = (
  { position, positionAt, seal }: JournalHead,
  names: readonly string[],
): string =>
  [
    '; Vigie : écritures du registre, en dollars canadiens. Entries of the record, Canadian dollars.',
    `; position ${position} · ${positionAt} · ${seal}`,
    '; Textes : encodés par %, RFC 3986. Texts: percent-encoded, RFC 3986.',
    '',
    'commodity CAD',
    '  format 1000.00 CAD',
    '',
    ...names.toSorted().map((name) => `account ${name}`),
    '',
  ]
    .map((line) => `${line}\n`)
    .join('')

export function accountName(account: Account, cell: Cell): string {
  const { envelope, measure, organization, fiscalYear } = cell
  return [
    account,
    part(envelope ?? 'no-envelope'),
    part(measure ?? 'no-measure'),
    part(organization),
    fiscalYear ?? 'undistributed',
  ].join(':')
}

export const hledgerEntry = (entry: FiledEntry): string =>
  [
    `${entry.effectiveOn} * (${entry.id}) ${entry.kind}`,
    ...tagsOf(entry).map(([name, value]) => `    ; ${name}: ${safe(value)}`),
    ...entry.lines.map(
      ({ account, cell, amount }) => `    ${accountName(account, cell)}  ${amount} CAD`,
    ),
    '',
  ]
    .map((line) => `${line}\n`)
    .join('')

function tagsOf(entry: FiledEntry): readonly (readonly [string, string])[] {
  const { position, at, recordedIn, organization, document, reverses, flags, said } = entry
  const tags: readonly (readonly [string, string | null])[] = [
    ['position', String(position)],
    ['at', at],
    ['recorded', recordedIn === null ? null : periodKey(recordedIn)],
    ['organization', organization],
    ['document', `${document.type}/${document.id}`],
    ['reverses', reverses],
    ['flags', flags.join(' ')],
    ['number', said.number],
    ['reference', said.reference],
    ['supplier', said.supplier],
    ['description', said.description],
    ['reason', said.reason],
  ]
  return tags.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value]]))
}

/**
 * `,` and `;` end a tag, `[` may begin a date, a line ends where a control or separator is, and
 * space around a value is not kept.
 */
const misread = /[%,;[\p{Cc}\p{Zl}\p{Zp}\uFEFF]|^\s+|\s+$/gu

/** `a; b` → `a%3B b`, ` x` → `%20x`; `decodeURIComponent` is the inverse. */
export const safe = (text: string): string => text.replace(misread, encoded)

/** In an account's name `:` divides, and two spaces end it. */
const part = (code: string): string => safe(code).replace(/[:\s]/g, encoded)

const encoded = (found: string): string =>
  [...new TextEncoder().encode(found)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
