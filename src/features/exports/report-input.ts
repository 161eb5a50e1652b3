import { Problem } from '#core/problem.ts'
import { type ReportName, reportNames } from '#features/reports/request.ts'

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
