import { type Reading, read, unread } from '#core/issues.ts'
import { type PeriodNumber, periodNumbers } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { type ReportName, type ReportRequest, reportNames } from '#features/reports/request.ts'

/** A report's address is its name, with the ending of a file when a file is wanted. */
export const reportFormats = ['table', 'json', 'csv', 'xlsx'] as const
export type ReportFormat = (typeof reportFormats)[number]

export interface ReportAddress {
  readonly name: ReportName
  readonly format: 'json' | 'csv' | 'xlsx'
}

/** @throws Problem `reports/unknown` */
export function readReportAddress(address: string): ReportAddress {
  const [, base = address, ending = 'json'] = /^(.*)\.(csv|xlsx)$/.exec(address) ?? []
  return {
    name: knownReport(base),
    format: ending === 'csv' || ending === 'xlsx' ? ending : 'json',
  }
}

export function knownReport(text: string): ReportName {
  const name = reportNames.find((candidate) => candidate === text)
  if (name === undefined) {
    throw new Problem('not-found', 'reports/unknown', {
      fr: `Il n’y a pas de rapport « ${text} ». Rapports offerts : ${reportNames.join(', ')}.`,
      en: `There is no report “${text}”. Reports: ${reportNames.join(', ')}.`,
    })
  }
  return name
}

export function readPeriodNumber(text: string): Reading<PeriodNumber> {
  const number = periodNumbers.find((each) => String(each) === text)
  return number === undefined
    ? unread('reports/not-a-period', {
        fr: 'Écrivez une période de 1 (avril) à 13 (supplémentaire).',
        en: 'Write a period from 1 (April) to 13 (supplementary).',
      })
    : read(number)
}

/** Scheme and machine, which links of a workbook begin with. */
export function readSite(text: string): Reading<string> {
  return /^https?:\/\/[A-Za-z0-9.-]{1,253}(?::\d{1,5})?$/.test(text)
    ? read(text)
    : unread('reports/not-a-site', {
        fr: 'Écrivez l’adresse des pages ainsi : https://vigie.example.org.',
        en: 'Write the address of the pages like this: https://vigie.example.org.',
      })
}

/** Where the links of a workbook lead: where it was asked for, else where the service is reached. */
export const siteOf = (
  { site: own }: { readonly site?: string | null },
  { site: asked }: Pick<ReportRequest, 'site'>,
): string | undefined => (asked === undefined ? own : asked) ?? undefined
