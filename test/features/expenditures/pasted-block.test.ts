import { describe, expect, test } from 'vitest'
import { Problem } from '#core/problem.ts'
import { readBlock } from '#features/expenditures/pasted-block.ts'

const cells = (...rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.join('\t')).join('\n')

describe('a pasted block', () => {
  test('without names has six columns in their order', () => {
    expect(readBlock(cells(['2025-06-15', '12', 'F-1', 'PIPQ', 'Projet', '1 234,50 $']))).toEqual([
      {
        serviceDate: '2025-06-15',
        measure: '12',
        documentNumber: 'F-1',
        supplier: 'PIPQ',
        description: 'Projet',
        amount: '1234.50',
      },
    ])
  })

  test('with names has its columns in any order, in French or English', () => {
    const block = cells(['Amount', 'PIÈCE', 'Date de service'], ['5', 'F-2', '2025-06-15'])
    expect(readBlock(block)).toEqual([
      { amount: '5.00', documentNumber: 'F-2', serviceDate: '2025-06-15' },
    ])
  })

  test.each([
    ['the day first, where one cannot be a month', ['25/04/2025', '03/04/2025'], '2025-04-03'],
    ['the month first, where one cannot be a month', ['04/25/2025', '03/04/2025'], '2025-03-04'],
    ['as typed, where nothing decides', ['01/02/2025', '03/04/2025'], '03/04/2025'],
  ])('reads its days with %s', (_how, days, second) => {
    const block = cells(['Date', 'Montant'], ...days.map((day) => [day, '1']))
    expect(readBlock(block)[1]?.serviceDate).toBe(second)
  })

  test.each([
    ['a comma elsewhere', ['12,50', '1,234'], '1,234'],
    ['a point elsewhere', ['12.50', '1,234'], '1234.00'],
    ['nothing that decides', ['1,234', '12'], '12.00'],
    ['a credit, for the field to refuse', ['-5,00', '(7,00)'], '-7.00'],
  ])('reads its amounts with %s', (_how, amounts, second) => {
    const block = cells(['Date', 'Montant'], ...amounts.map((each) => ['2025-06-15', each]))
    expect(readBlock(block)[1]?.amount).toBe(second)
  })

  test.each([
    ['a tab and a line break inside quotes', '"a\tb\nc"', 'a\tb\nc'],
    ['quotes inside quotes', '"dit ""oui"""', 'dit "oui"'],
    ['inches', '12" de tuyau', '12" de tuyau'],
    ['a quote that is never closed', '"ouvert', '"ouvert'],
  ])('takes %s as Excel copies it', (_what, cell, text) => {
    const block = cells(['Description', 'Montant'], [cell, '1'])
    expect(readBlock(block)).toEqual([{ description: text, amount: '1.00' }])
  })

  test('leaves out blank rows, totals and its names again', () => {
    const names = ['Date', 'Montant']
    const block = cells(names, ['2025-06-15', '1'], ['', ''], names, ['Total', '1'], [''])
    expect(readBlock(block)).toHaveLength(1)
  })

  test.each([
    ['', 'expenditures/paste-empty'],
    [cells(['Date', 'Montant']), 'expenditures/paste-empty'],
    [cells(['Date', 'Montant'], ['2025-06-15', '1', 'x']), 'expenditures/paste-columns'],
    [cells(['Date', 'Date de service'], ['2025-06-15', '']), 'expenditures/paste-columns'],
    [cells(...Array.from({ length: 501 }, () => ['a', 'b'])), 'expenditures/paste-too-long'],
  ])('is refused as a whole, at its field', (block, code) => {
    const refused = (() => {
      try {
        return readBlock(block)
      } catch (error) {
        return error
      }
    })()
    expect(refused).toBeInstanceOf(Problem)
    expect(refused).toMatchObject({ code, issues: [{ pointer: '/block' }] })
  })
})
