import type { Canonical } from '#core/canonical.ts'
import type { Money } from '#core/money.ts'
import { type Period, periodKey } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import type { LeftOut } from './extract-rows.ts'
import { findingWords } from './finding-words.ts'
import type { Finding } from './findings.ts'

/**
 * What an organization's ledger says of a period. It is never changed: a corrected extract
 * supersedes it, by naming it, and both are kept. A period has one extract that counts, the one that
 * none supersedes. Source: docs/words.md, Extracts.
 */
export interface Extract {
  readonly id: string
  readonly organization: string
  readonly period: Period
  /** The accounting system whose mapping read it; null for the columns of the contract. */
  readonly system: string | null
  readonly fileName: string
  /** Of the file's bytes. */
  readonly sha256: string
  readonly rows: number
  /** The control total, in the signs of the file. */
  readonly statedTotal: Money
  /** Spending is positive. */
  readonly total: Money
  /** How the file was read, and what each decision rests on. */
  readonly understood: Canonical
  /** Below its header: as many as rows and what is left out. */
  readonly lines: number
  readonly leftOut: LeftOut
  readonly supersedes: string | null
  readonly supersededBy: string | null
  readonly loadedBy: string
  readonly position: number | null
  readonly findings: readonly Finding[]
}

/** As API and terminal say it. */
export const extractFacts = (extract: Extract) => ({
  id: extract.id,
  organization: extract.organization,
  fiscalYear: extract.period.fiscalYear,
  period: extract.period.number,
  system: extract.system,
  fileName: extract.fileName,
  sha256: extract.sha256,
  rows: extract.rows,
  total: extract.total.toString(),
  statedTotal: extract.statedTotal.toString(),
  lines: extract.lines,
  leftOut: {
    blank: extract.leftOut.blank,
    total: extract.leftOut.total,
    headerAgain: extract.leftOut['header-again'],
  },
  understood: extract.understood,
  supersedes: extract.supersedes,
  supersededBy: extract.supersededBy,
  loadedBy: extract.loadedBy,
  position: extract.position,
  findings: extract.findings.map((finding) => ({ ...finding, text: { ...findingWords(finding) } })),
})

/** What its event seals; the digest is that of its rows. */
export const sealedFacts = (extract: Extract, rowsSha256: string) => {
  const { position, supersededBy, findings, ...facts } = extractFacts(extract)
  return {
    ...facts,
    findings: findings.map(({ code, row, value }) => ({ code, row, value })),
    rowsSha256,
  }
}

export const extractNotFound = (): Problem =>
  new Problem('not-found', 'extracts/not-found', {
    fr: 'Cet extrait n’existe pas.',
    en: 'There is no such extract.',
  })

/** @throws Problem `extracts/already-loaded`: the same bytes are the same extract. */
export function requireNewFile(known: Extract | null): void {
  if (known !== null) {
    throw alreadyLoaded(known)
  }
}

const alreadyLoaded = ({ id, period, fileName }: Extract): Problem => {
  const sentence = {
    fr: `Ce fichier est déjà chargé pour ${periodKey(period)}, sous le nom « ${fileName} ».`,
    en: `This file is already loaded for ${periodKey(period)}, as “${fileName}”.`,
  }
  const issue = { pointer: '/file', code: 'extracts/already-loaded', detail: sentence, value: id }
  return new Problem('conflict', 'extracts/already-loaded', sentence, { issues: [issue] })
}

/**
 * The first extract of a period names none; a later one names the one that counts.
 * @throws Problem `extracts/period-loaded`, `extracts/not-superseded`
 */
export function requireSuperseding(current: Extract | null, supersedes: string | null): void {
  if (current === null ? supersedes !== null : supersedes !== null && supersedes !== current.id) {
    throw refuseField(
      'supersedes',
      'extracts/not-superseded',
      {
        fr: 'Un extrait corrigé nomme celui qui compte pour le même organisme et la même période.',
        en: 'A corrected extract names the one that counts for the same organization and period.',
      },
      supersedes ?? undefined,
    )
  }
  if (current !== null && supersedes === null) {
    const sentence = {
      fr: `${periodKey(current.period)} a déjà un extrait : nommez celui que vous remplacez.`,
      en: `${periodKey(current.period)} has an extract already: name the one that you supersede.`,
    }
    const issue = {
      ...{ pointer: '/supersedes', code: 'extracts/period-loaded', detail: sentence },
      value: current.id,
    }
    throw new Problem('conflict', 'extracts/period-loaded', sentence, { issues: [issue] })
  }
}
