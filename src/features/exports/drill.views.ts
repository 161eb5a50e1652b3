import type { Table, TableRow } from '#core/table.ts'
import { addressWith } from '#platform/html/address.ts'
import { isOffered, pathIn, type Screen } from '#platform/html/page.ts'
import type { DocumentLink } from './open-documents.ts'

/** Where the rows and figures of a report lead: to what they are of, and to their documents. */

/** A report names a row in its first column. */
export const keyOf = ({ cells: [key] }: TableRow): string =>
  key?.type === 'text' && typeof key.value === 'string' ? key.value : ''

/** The page of the list that the API answers at the same address, for whom it is there. */
export function documentsAt(link: DocumentLink | undefined, screen: Screen): string | null {
  const address = link?.href.replace('/api/v1', '') ?? ''
  const [list = ''] = address.split('?')
  return link?.isOpen === true && isOffered(screen, list) ? pathIn(screen.language, address) : null
}

/** Example: `QC-8` is a measure's page; `2025-2026` is that year's reconciliation by measure. */
export function subjectAt(row: TableRow, screen: Screen): string | null {
  const { language } = screen
  const key = keyOf(row)
  switch (kindOf(row)) {
    case 'measure':
      return pathIn(language, `/measures/${key}`)
    case 'envelope':
      return pathIn(language, `/envelopes/${key}`)
    case 'fiscal-year':
      return pathIn(
        language,
        addressWith(screen, '/reconciliation', { by: 'measure', from: key, to: key, sort: null }),
      )
    default:
      return null
  }
}

const kindOf = ({ cells: [, kind] }: TableRow): string =>
  kind?.type === 'text' && typeof kind.value === 'string' ? kind.value : ''

/**
 * Both ends of a bridge are reconciliations, and a cause is the list of its entries: pages at the
 * same address, each for whom it is there.
 */
export function hrefIn({ columns }: Table, { cells }: TableRow, screen: Screen): string | null {
  const cell = cells[columns.findIndex(({ key }) => key === 'href')]
  const href = cell?.type === 'text' && typeof cell.value === 'string' ? cell.value : ''
  const [api = '', query = ''] = href.split('?')
  const page = pageOf[api]
  return page !== undefined && isOffered(screen, page)
    ? pathIn(screen.language, `${page}?${query}`)
    : null
}

const pageOf: Readonly<Partial<Record<string, string>>> = {
  '/api/v1/reports/reconciliation': '/reconciliation',
  '/api/v1/journal/entries': '/journal',
}
