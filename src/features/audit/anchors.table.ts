import { type Column, count, missing, type Table, table, text } from '#core/table.ts'
import type { Anchor } from './anchor.ts'

const columns: readonly Column[] = [
  { key: 'line', label: { fr: 'Ligne', en: 'Line' }, type: 'count', brief: true },
  { key: 'kind', label: { fr: 'Genre', en: 'Kind' }, type: 'text', brief: true },
  { key: 'sequence', label: { fr: 'Position', en: 'Position' }, type: 'count', brief: true },
  { key: 'at', label: { fr: 'Signée le', en: 'Signed' }, type: 'text', brief: true },
  { key: 'hash', label: { fr: 'Sceau', en: 'Seal' }, type: 'text', brief: true },
  { key: 'since', label: { fr: 'Tient depuis', en: 'Held since' }, type: 'count', brief: false },
  { key: 'reason', label: { fr: 'Motif', en: 'Reason' }, type: 'text', brief: true },
]

/** The file of anchors, a row a line; a line that is no anchor says only where it is. */
export const anchorsTable = (
  listed: readonly { readonly line: number; readonly anchor: Anchor | null }[],
): Table =>
  table({
    name: 'anchors',
    title: { fr: 'Ancres', en: 'Anchors' },
    columns,
    rows: listed.map(({ line, anchor }) => ({
      role: 'data',
      cells:
        anchor === null
          ? [count(line), ...columns.slice(1).map(() => missing('unknown'))]
          : [
              count(line),
              text(anchor.kind),
              count(anchor.sequence),
              text(anchor.at),
              text(anchor.hash),
              anchor.since === null ? missing('not-applicable') : count(anchor.since),
              anchor.reason === null ? missing('not-applicable') : text(anchor.reason),
            ],
    })),
  })
