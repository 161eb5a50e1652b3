import { readFiscalYear } from '#core/fiscal-year.ts'
import type { Reading } from '#core/issues.ts'
import { type Language, languages } from '#core/language.ts'
import { readMoment } from '#core/moment.ts'
import { version } from '#core/version.ts'
import { readSwitches, scenarios } from '#features/comparison/scenario.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { dimensions, spreads } from '#features/reconciliation/facts.ts'
import { readMonths, readPoints } from '#features/reconciliation/threshold.ts'
import type { Report } from '#features/reports/report.ts'
import { type ReportRequest, reportNames } from '#features/reports/request.ts'
import { type DetailKind, detailKinds } from './detail.ts'
import { readPeriodNumber, readSite } from './report-input.ts'

/**
 * The command that makes a workbook again, whenever it is typed. It is printed on the workbook, and
 * read back from a file that returns: with the seal of its position it says all that the file was
 * drawn from.
 * Example: `vigie report exceptions --from 2021-2022 --to 2025-2026 --jurisdiction QC --ahead 10.00
 * --behind 25.00 --late 3 --as-of 1204 --lang fr --format xlsx`.
 */
export interface AskedWorkbook {
  readonly request: ReportRequest
  readonly language: Language
  /** Undefined where the report has no detail of spending. */
  readonly detail: DetailKind | undefined
}

/** The value that a text stands for; undefined for none. */
type Reader = (text: string) => unknown

const among =
  (words: readonly string[]): Reader =>
  (text) =>
    words.find((word) => word === text)

const by =
  (readValue: (text: string) => Reading<unknown>): Reader =>
  (text) => {
    const reading = readValue(text)
    return reading.ok ? reading.value : undefined
  }

const code: Reader = (text) => (/^[\w-]{1,60}$/.test(text) ? text : undefined)

/** By flag, in the order in which they are written. */
const flags: Readonly<Record<string, readonly [parameter: keyof ReportRequest, read: Reader]>> = {
  by: ['by', among(dimensions)],
  from: ['from', by(readFiscalYear)],
  to: ['to', by(readFiscalYear)],
  jurisdiction: ['jurisdiction', among(jurisdictions)],
  spread: ['spread', among(spreads)],
  scenario: ['scenario', among(scenarios)],
  assume: ['assume', by(readSwitches)],
  ahead: ['ahead', by(readPoints)],
  behind: ['behind', by(readPoints)],
  late: ['late', by(readMonths)],
  organization: ['organization', code],
  'fiscal-year': ['fiscalYear', by(readFiscalYear)],
  period: ['period', by(readPeriodNumber)],
  since: ['since', by(readMoment)],
  'as-of': ['asOf', by(readMoment)],
  site: ['site', by(readSite)],
}

/** @param site where the pages of documents are reached: only they are linked */
export function commandOf(
  report: Report,
  language: Language,
  detail?: DetailKind,
  site?: string,
): string {
  const { name, parameters, position } = report
  const said: Readonly<Record<string, string>> = {
    ...parameters,
    // A tie-out is that of its period as it stands: it takes no earlier moment.
    ...(name === 'tie-out' ? {} : { asOf: String(position) }),
    ...(detail === 'documents' && site !== undefined ? { site } : {}),
  }
  const options = Object.entries(flags).flatMap(([flag, [parameter]]) => {
    const value = said[parameter]
    return value === undefined ? [] : [`--${flag} ${value}`]
  })
  return [
    ...['vigie report', name, ...options],
    ...(detail === undefined ? [] : [`--detail ${detail}`]),
    `--lang ${language} --format xlsx`,
  ].join(' ')
}

/** What the command asks for; null for what `commandOf` does not write. */
export function readCommand(text: string): AskedWorkbook | null {
  const [, word = '', written = ''] = /^vigie report ([\w-]+)((?: --[\w-]+ \S+)*)$/.exec(text) ?? []
  const name = reportNames.find((each) => each === word)
  const pairs = [...written.matchAll(/ --([\w-]+) (\S+)/g)].map(
    ([, flag = '', value = '']) => [flag, value] as const,
  )
  const { lang, detail, format, ...others } = Object.fromEntries(pairs)
  const language = languages.find((each) => each === lang)
  const isWhole = format === 'xlsx' && new Set(pairs.map(([flag]) => flag)).size === pairs.length
  if (name === undefined || language === undefined || !isWhole) {
    return null
  }
  const request = requestOf({ name }, others)
  const kind = detailKinds.find((each) => each === detail)
  return request === null || kind !== detail ? null : { request, language, detail: kind }
}

function requestOf(
  asked: ReportRequest,
  written: Readonly<Record<string, string>>,
): ReportRequest | null {
  const request: Record<string, unknown> = { ...asked }
  for (const [flag, text] of Object.entries(written)) {
    const [parameter, read] = (Object.hasOwn(flags, flag) ? flags[flag] : undefined) ?? []
    const value = read?.(text)
    if (parameter === undefined || value === undefined) {
      return null
    }
    request[parameter] = value
  }
  // Each value came from the reader of its own parameter.
  return request as unknown as ReportRequest
}

/** What a workbook says of itself, on its face and among its properties. */
export const madeWith = (command: string): string => `Vigie ${version} · ${command}`

/** Of a text that `madeWith` wrote; null for any other. */
export function readMadeWith(text: string): { version: string; command: string } | null {
  const [, made, command] = /^Vigie (\d+\.\d+\.\d+) · (vigie report .+)$/.exec(text) ?? []
  return made === undefined || command === undefined ? null : { version: made, command }
}
