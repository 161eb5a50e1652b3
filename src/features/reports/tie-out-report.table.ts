import { type Period, periodKey } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { tieOutTable } from '#features/matching/matching.table.ts'
import { type Run, runName } from '#features/matching/run.ts'
import type { TieOut } from '#features/matching/tie-out.ts'
import type { Report } from './report.ts'
import type { ReportRequest } from './request.ts'

/** Where a report stands in the record. */
type Standing = Pick<Report, 'position' | 'positionAt' | 'seal'>

export interface TieOutQuestion {
  readonly organization: string
  readonly period: Period
}

/** @throws Problem `reports/period-missing` */
export function requirePeriod({
  organization,
  fiscalYear,
  period: number,
}: ReportRequest): TieOutQuestion {
  if (organization === undefined || fiscalYear === undefined || number === undefined) {
    throw new Problem('invalid', 'reports/period-missing', {
      fr: 'Le rapprochement d’un extrait est celui d’un organisme et d’une période : indiquez « organization », « fiscalYear » et « period ».',
      en: 'The tie-out of an extract is that of an organization and a period: give “organization”, “fiscalYear” and “period”.',
    })
  }
  return { organization, period: { fiscalYear, number } }
}

/** @throws Problem `reports/nothing-matched` */
export function requireTieOut<T>({ organization, period }: TieOutQuestion, found: T | null): T {
  if (found === null) {
    const name = `${periodKey(period)} ${organization}`
    throw new Problem('not-found', 'reports/nothing-matched', {
      fr: `Aucun extrait n’a encore été apparié pour ${name}.`,
      en: `No extract has been matched yet for ${name}.`,
    })
  }
  return found
}

/**
 * The tie-out of the last run of a period, the same figures as `match show`: on each side open
 * before + of the period = matched + still open, and the difference cause by cause.
 */
export function tieOutReport(
  { run, tieOut }: { readonly run: Run; readonly tieOut: TieOut },
  standing: Standing,
): Report {
  const { organization, period, preparedBy, signedBy } = run
  return {
    name: 'tie-out',
    title: { fr: `Rapprochement ${runName(run)}`, en: `Tie-out ${runName(run)}` },
    parameters: {
      organization,
      fiscalYear: period.fiscalYear,
      period: String(period.number),
      run: run.id,
    },
    ...standing,
    horizon: period.fiscalYear,
    formulas: {
      stillOpen: 'openBefore + ofPeriod - matched',
      difference: 'extract - journal = causes + withoutCause',
    },
    table: tieOutTable(run, tieOut),
    extras: {},
    notes: [
      signedBy === null
        ? {
            code: 'not-signed',
            text: {
              fr: `Préparé par ${preparedBy}, pas encore signé; sans cause ni responsable : ${tieOut.waiting}.`,
              en: `Prepared by ${preparedBy}, not signed yet; without cause and owner: ${tieOut.waiting}.`,
            },
          }
        : {
            code: 'signed',
            text: {
              fr: `Préparé par ${preparedBy}, signé par ${signedBy}.`,
              en: `Prepared by ${preparedBy}, signed by ${signedBy}.`,
            },
          },
      {
        code: 'of-now',
        text: {
          fr: 'Le rapprochement tel qu’il est à cette position; une position antérieure ne se demande pas.',
          en: 'The tie-out as it stands at this position; an earlier position cannot be asked for.',
        },
      },
    ],
  }
}
