import { gzipSync } from 'node:zlib'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import { amount, type Column, percent, type Table, table, text, words } from '#core/table.ts'
import { renderPage } from '#platform/html/layout.tsx'
import { bareFrame } from '#platform/html/page.ts'
import { sorted } from '#platform/html/sort.ts'
import { TableView, type TableViewProps } from '#platform/html/table-view.tsx'

const column = (key: string, type: Column['type'], brief = true): Column => ({
  key,
  label: { fr: `${key} fr`, en: `${key} en` },
  type,
  brief,
})

const columns = [
  column('key', 'text'),
  column('spent', 'amount'),
  column('share', 'percent'),
  column('flags', 'words'),
  column('detail', 'text', false),
]

const row = (key: string, spent: string | null, share: string | null) => ({
  role: 'data' as const,
  cells: [
    text(key),
    amount(spent === null ? null : money(spent)),
    percent(share),
    words(['late']),
    text(`<i>${key}</i>`),
  ],
})

const sample: Table = table({
  name: 'sample',
  title: { fr: 'Exemple', en: 'Example' },
  columns,
  rows: [
    {
      role: 'total',
      cells: [text('total'), amount(money('30.00')), percent('10.00'), words([]), text('')],
    },
    row('QC-10', '20.00', '9.50'),
    row('QC-2', '10.00', '10.25'),
    row('Énergie', null, null),
  ],
})

const render = (change: Partial<TableViewProps> = {}): string =>
  renderToString(<TableView table={sample} language="fr" {...change} />)

/** Names of the rows, top to bottom. */
const keysOf = (shown: Table): string[] => shown.rows.map(({ cells: [key] }) => String(key?.value))

describe('a table on a page', () => {
  test('has a caption, scopes, and its total last whatever place it had', () => {
    const html = render()
    expect(html).toContain('<caption>Exemple</caption>')
    expect(html).toContain('<th scope="col" class="figure">spent fr</th>')
    expect(html).toContain('<th scope="row">QC-10</th>')
    expect(html.indexOf('<tfoot>')).toBeGreaterThan(html.indexOf('</tbody>'))
    expect(html.indexOf('30,00')).toBeGreaterThan(html.indexOf('<tfoot>'))
  })

  test('shows its brief columns, or those that are named', () => {
    expect(render()).not.toContain('detail fr')
    expect(render({ columns: ['key', 'detail'] })).not.toContain('spent fr')
  })

  test('shows text as text, codes in words, and why there is no value', () => {
    const html = render({
      columns: ['key', 'spent', 'flags', 'detail'],
      flagWords: () => ({ fr: 'tardive', en: 'late' }),
    })
    expect(html).toContain('&lt;i>QC-2&lt;/i>')
    expect(html).toContain('<td>tardive</td>')
    expect(html).toContain('<td class="figure">—</td>')
  })

  test('marks what documents add up to with its exact amount, linked where one may open them', () => {
    const html = render({
      isTotal: (_row, { key }) => key === 'spent',
      hrefOf: ({ role }, { key }) => (role === 'data' && key === 'spent' ? '/fr/x' : null),
    })
    expect(html).toContain('<a href="/fr/x" data-total="20.00">20,00\u00a0$</a>')
    expect(html).toContain('<span data-total="30.00">30,00\u00a0$</span>')
  })

  test('says which column it is sorted by, and offers the others', () => {
    const sort = { by: '-spent', hrefOf: (by: string) => `?sort=${by}` }
    const html = render({ sort })
    expect(html).toContain('aria-sort="descending"><a href="?sort=spent">')
    expect(html.match(/aria-sort/g)).toHaveLength(1)
    expect(render({ sort: { ...sort, by: 'spent' } })).toContain(
      'aria-sort="ascending"><a href="?sort=-spent">',
    )
  })

  test('says so when it is empty', () => {
    const empty = { fr: 'Aucune ligne', en: 'No row' }
    expect(render({ table: { ...sample, rows: [] }, empty })).toContain(
      '<td colspan="4">Aucune ligne</td>',
    )
  })

  test('of 500 rows is a page of at most 100 kB, packed', () => {
    const rows = Array.from({ length: 500 }, (_, at) =>
      row(`QC-${at}`, `${at * 7919}.${String(at % 100).padStart(2, '0')}`, '12.34'),
    )
    const main = <TableView table={{ ...sample, rows }} language="fr" />
    const place = { language: 'fr', address: '/', issuedAt: '2026-08-03T12:00:00Z' } as const
    const html = renderPage({ title: sample.title, main }, bareFrame, place)
    expect(html.match(/<tr/g)).toHaveLength(501)
    expect(gzipSync(html).length).toBeLessThanOrEqual(100_000)
  })
})

describe('sorting', () => {
  test.each([
    ['key', ['Énergie', 'QC-2', 'QC-10', 'total']],
    ['-key', ['QC-10', 'QC-2', 'Énergie', 'total']],
    ['spent', ['QC-2', 'QC-10', 'Énergie', 'total']],
    ['-spent', ['QC-10', 'QC-2', 'Énergie', 'total']],
    ['share', ['QC-10', 'QC-2', 'Énergie', 'total']],
    ['colour', ['total', 'QC-10', 'QC-2', 'Énergie']],
    [undefined, ['total', 'QC-10', 'QC-2', 'Énergie']],
  ])('by %s', (by, expected) => {
    expect(keysOf(sorted(sample, by, 'fr'))).toEqual(expected)
  })
})
