import { describe, expect, test } from 'vitest'
import { formulaForm, formulaOfForm, readFormula } from '#platform/files/formula-form.ts'

const d7 = { row: 7, column: 3 }
const form = (formula: string, at = d7): string => formulaForm(readFormula(formula), at)

describe('one formula has one form', () => {
  test.each([
    ['spaces that mean nothing', 'ROUND(B7-$C$2,2)', ' ROUND( B7 - $C$2 ,\n2 ) '],
    ['quotes that a sheet does not need', "SUM('Sommaire'!$C$6:$C$42)", 'SUM(Sommaire!$C$6:$C$42)'],
    ['a prefix of new functions', 'XLOOKUP(A7,B:B,C:C)', '_xlfn._xlws.XLOOKUP(A7,B:B,C:C)'],
    ['small letters of a function', 'SUM(B7)', 'sum(B7)'],
    ['the call of a constant', 'IF(B7=TRUE,FALSE,1)', 'IF(B7=TRUE(),FALSE(),1)'],
    ['spelled numbers', 'B7*0.5+100', 'B7*.50+1E2'],
    ['a shown range of one cell', 'SUM($A$7:$A$7)', 'SUM( $A$7 : $A$7 )'],
  ])('%s', (_, one, other) => {
    expect(form(one)).toBe(form(other))
  })

  test.each([
    ['another cell', 'B7-C7', 'B7-C8'],
    ['a fixed cell', 'B7', '$B$7'],
    ['another sheet', "'Sommaire'!B7", "'Sommaire '!B7"],
    ['a sheet named otherwise by one letter', 'Ecarts!B7', 'Écarts!B7'],
    ['spaces inside a text', 'IF(B7="a b",1,2)', 'IF(B7="ab",1,2)'],
    ['an invisible character inside a text', 'IF(B7="a",1,2)', 'IF(B7="a\u200b",1,2)'],
    ['capitals inside a text', 'IF(B7="a",1,2)', 'IF(B7="A",1,2)'],
    ['what two ranges have in common', 'SUM(A7:B7 B7:C7)', 'SUM(A7:B7,B7:C7)'],
    ['two names that are one without their space', 'prix taxe', 'prixtaxe'],
    ['a sign', 'B7-C7', 'B7+C7'],
    ['a constant', 'B7', 'B7+0.01'],
    ['a call of nothing', 'NOW()', 'NOW'],
  ])('%s is another one', (_, one, other) => {
    expect(form(one)).not.toBe(form(other))
  })

  test('a row that moved whole keeps the forms of its formulas', () => {
    expect(form('B7-$C7', { row: 7, column: 3 })).toBe(form('B9-$C9', { row: 9, column: 3 }))
    expect(form("'Sommaire'!B7", { row: 9, column: 3 })).toBe(form("'Sommaire'!B7"))
    expect(form('B7-$C$7', { row: 9, column: 3 })).not.toBe(form('B7-$C$7'))
  })

  test('a cell of a shared formula has its own', () => {
    const shared = readFormula("ROUND(B7-$C$2+'Écarts'!B7+'Écarts'!$B$7,2)")
    const d8 = { row: 8, column: 3 }
    expect(formulaForm(shared, d8, d7)).toBe(form("ROUND(B8-$C$2+'Écarts'!B8+'Écarts'!$B$7,2)", d8))
  })

  test.each([
    "ROUND(SUMIFS('Budget prévu'!$J$5:$J$33,'Budget prévu'!$A$5:$A$33,A6),2)",
    'IF(B7="l""été",$C7,D$7)',
    "IFERROR(INDEX('Écarts'!A1:C3,MATCH(A6,'Écarts'!$A$1:$A$3,0),2),\"—\")",
    '#REF!+1',
    't5_Depenses[Nom de la colonne]',
  ])('%s reads as it was', (formula) => {
    expect(formulaOfForm(form(formula), d7)).toBe(formula)
  })

  test('a reference that moved off the sheet is an error', () => {
    const shared = readFormula("'Écarts'!A1")
    expect(formulaForm(shared, { row: 6, column: 3 }, d7)).toContain('#REF!')
    expect(formulaOfForm(form('A1'), { row: 1, column: 0 })).toBe('#REF!')
  })

  test.each(["'", '"', '[', '[a', "'a", 'a.', '$A', '1e', '#A', "''!", '( '])(
    'a formula of nothing but %s is read in one go',
    (piece) => {
      // Gone through again for each piece it would take longer than a test may.
      expect(form(piece.repeat(200_000))).not.toBe('')
    },
  )
})
