import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import type { CellValue, Column, Table, TableRow } from '#core/table.ts'
import { say } from '#platform/i18n/format.ts'
import { cellText, type Wording, type WordsOf } from '#platform/tables/cell-words.ts'
import { orderedRows } from '#platform/tables/row-order.ts'
import { AsWritten } from './as-written.tsx'

/**
 * A Table as people read it in a browser: the same rows, in the same order and with the same totals
 * as its CSV and its workbook. An amount that documents add up to carries it as `data-total`, and is
 * a link to them where the reader may open them all.
 */
export interface TableViewProps {
  readonly table: Table
  readonly language: Language
  /** Keys of the columns that are shown, in the table's order; its brief ones when left out. */
  readonly columns?: readonly string[]
  /** The column that names a row; the first one shown when left out. */
  readonly header?: string
  /** Where a cell leads. */
  readonly hrefOf?: (row: TableRow, column: Column) => string | null
  /** Whether documents add up to this amount. */
  readonly isTotal?: (row: TableRow, column: Column) => boolean
  readonly flagWords?: WordsOf
  /** Codes that are said in words, by column. */
  readonly wordsOf?: Readonly<Record<string, WordsOf>>
  /** Keys of columns that hold names, or what somebody typed: they are in no language. */
  readonly asWritten?: readonly string[]
  readonly sort?: Sorting
  /** Instead of rows, where there are none. */
  readonly empty?: Bilingual
  /** Rows are named by a number, which needs less room than a title. */
  readonly isNumbered?: boolean
}

/** How the address sorts: `spent`, or `-spent` for the greatest first. */
export interface Sorting {
  readonly by: string | null
  readonly hrefOf: (by: string) => string
}

/** A wide table is scrolled by keyboard too, which only what has the focus is. */
export const scrollable = { tabIndex: 0 }

export function TableView(props: TableViewProps): VNode {
  const { table, language, empty, flagWords } = props
  const { body, totals } = orderedRows(table)
  const shown = shownColumns(props)
  const header = props.header ?? shown[0]?.column.key ?? ''
  const wording = { language, ...(flagWords === undefined ? {} : { flagWords }) }
  const view = { ...props, header, wording }
  return (
    <section class="scroll" aria-label={say(table.title, language)} {...scrollable}>
      <table class={props.isNumbered === true ? 'documents' : undefined}>
        <caption>{say(table.title, language)}</caption>
        <thead>
          <tr>
            {shown.map((at) => (
              <Head key={at.column.key} column={at.column} view={props} />
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, place) => (
            <Row key={place} row={row} view={view} shown={shown} />
          ))}
          {body.length === 0 && empty !== undefined && (
            <tr>
              <td colSpan={shown.length}>{say(empty, language)}</td>
            </tr>
          )}
        </tbody>
        {totals.length > 0 && (
          <tfoot>
            {totals.map((row, place) => (
              <Row key={place} row={row} view={view} shown={shown} />
            ))}
          </tfoot>
        )}
      </table>
    </section>
  )
}

interface Shown {
  readonly column: Column
  readonly index: number
  readonly className: string | undefined
}

function shownColumns({ table, columns }: TableViewProps): readonly Shown[] {
  return table.columns
    .map((column, index) => ({ column, index, className: classOf(column) }))
    .filter(({ column }) => (columns === undefined ? column.brief : columns.includes(column.key)))
}

const isFigure = ({ type }: Column): boolean => ['amount', 'percent', 'count'].includes(type)

const classOf = (column: Column): string | undefined =>
  isFigure(column) ? 'figure' : column.type === 'date' ? 'day' : undefined

function Head({ column, view }: { column: Column; view: TableViewProps }): VNode {
  const { language, sort } = view
  const words = say(column.label, language)
  const className = isFigure(column) ? 'figure' : undefined
  if (sort === undefined) {
    return (
      <th scope="col" class={className}>
        {words}
      </th>
    )
  }
  const { key } = column
  const isUp = sort.by === key
  const isDown = sort.by === `-${key}`
  return (
    <th
      scope="col"
      class={className}
      aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}
    >
      <a href={sort.hrefOf(isUp ? `-${key}` : key)}>{words}</a>
    </th>
  )
}

interface Viewed extends TableViewProps {
  readonly header: string
  readonly wording: Wording
}

interface RowProps {
  readonly row: TableRow
  readonly view: Viewed
  readonly shown: readonly Shown[]
}

function Row({ row, view, shown }: RowProps): VNode {
  return (
    <tr class={row.role === 'data' ? undefined : row.role}>
      {shown.map(({ column, index, className }) => {
        const cell = row.cells[index]
        const content = cell && contentOf(cell, row, column, view)
        return column.key === view.header ? (
          <th key={column.key} scope="row">
            {content}
          </th>
        ) : (
          <td key={column.key} class={className}>
            {content}
          </td>
        )
      })}
    </tr>
  )
}

/** No component: a page has thousands of cells, and each would be one. */
function contentOf(cell: CellValue, row: TableRow, column: Column, view: Viewed): VNode | string {
  const said = wordsIn(cell, view.wordsOf?.[column.key], view.wording)
  const isWritten = view.asWritten?.includes(column.key) === true
  const words = isWritten ? <AsWritten text={said} /> : said
  const href = view.hrefOf?.(row, column) ?? null
  const total =
    cell.type === 'amount' && view.isTotal?.(row, column) === true
      ? cell.value.toString()
      : undefined
  if (href === null && total === undefined) {
    return words
  }
  return href === null ? (
    <span data-total={total}>{words}</span>
  ) : (
    <a href={href} data-total={total}>
      {words}
    </a>
  )
}

function wordsIn(cell: CellValue, wordsOf: WordsOf | undefined, wording: Wording): string {
  if (cell.type === 'text' && typeof cell.value === 'string') {
    const words = wordsOf?.(cell.value)
    return words === undefined ? cell.value : say(words, wording.language)
  }
  return cellText(cell, wording)
}
