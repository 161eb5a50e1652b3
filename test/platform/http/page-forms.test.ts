import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readFields, splitControl } from '#platform/http/form-fields.ts'
import { flatten, readForm, severalOf } from '#platform/http/forms.ts'
import { ownPage } from '#platform/http/page-address.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
    return ''
  } catch (error) {
    return String((error as { code?: unknown }).code)
  }
}

describe('what a form sends', () => {
  test('becomes the body that the API takes: dots nest, a repeated name is a list', () => {
    expect(readForm('amount=12%2C50&supplier=Caf%C3%A9+Z&item=a&item=b')).toEqual({
      amount: '12,50',
      supplier: 'Café Z',
      item: ['a', 'b'],
    })
    expect(readForm('lines.0.amount=1&lines.0.envelope=QC-M8&lines.1.amount=2')).toEqual({
      lines: [{ amount: '1', envelope: 'QC-M8' }, { amount: '2' }],
    })
  })

  test('has no empty field and no empty row', () => {
    expect(readForm('a=&b=+&lines.0.x=&lines.3.x=1&lines.10.x=2')).toEqual({
      lines: [{ x: '1' }, { x: '2' }],
    })
    expect(readForm('')).toEqual({})
  })

  test('has the line ends of text, whatever the browser made of them', () => {
    expect(readForm('text=a%0D%0Ab%0Dc')).toEqual({ text: 'a\nb\nc' })
  })

  test.each([
    ['%ff=1', 'bytes that are no text'],
    ['a=%zz', 'a percent sign alone'],
    ['__proto__.x=1', 'a name of the language'],
    ['a.b.c.d.e=1', 'a name that nests too deep'],
    ['a=1&a.b=2', 'a text that is also a group'],
    ['a.b=2&a=1', 'a group that is also a text'],
    [`${'a=1&'.repeat(6000)}`, 'more fields than any form has'],
  ])('is refused whole: %s', (text) => {
    expect(codeOf(() => readForm(text))).toBe('http/form-unreadable')
  })

  test('goes back to the names of the fields', () => {
    const body = readForm('a=1&lines.0.x=2&lines.1.y=3&item=a&item=b')
    expect(flatten(body)).toEqual({ a: '1', 'lines.0.x': '2', 'lines.1.y': '3', item: ['a', 'b'] })
  })

  test('keeps apart what the page itself put into it', () => {
    expect(splitControl({ csrf: 'c', key: 'k', version: '3', amount: '1' })).toEqual({
      control: { csrf: 'c', key: 'k', version: '3' },
      fields: { amount: '1' },
    })
  })
})

describe('fields', () => {
  const schema = z.strictObject({
    amount: z.string().max(4),
    item: severalOf(z.string()).optional(),
  })
  const issuesOf = (text: string): unknown => {
    try {
      return readFields(schema, readForm(text))
    } catch (error) {
      const { issues } = error as { issues: readonly { pointer: string; code: string }[] }
      return issues.map(({ pointer, code }) => `${pointer} ${code}`)
    }
  }

  test('that are missing, sent twice, too long or unknown are said one by one', () => {
    expect(issuesOf('')).toEqual(['/amount input/missing'])
    expect(issuesOf('amount=1&amount=2')).toEqual(['/amount input/repeated'])
    expect(issuesOf('amount=12345')).toEqual(['/amount input/too-long'])
    expect(issuesOf('amount=1&colour=red')).toEqual(['/colour input/unknown-field'])
  })

  test('of which there may be several are a list, also where there is one', () => {
    expect(issuesOf('amount=1&item=a')).toEqual({ amount: '1', item: ['a'] })
  })
})

describe('where to go after signing in', () => {
  test.each([
    ['/fr', '/fr'],
    ['/en/reconciliation?by=axis&from=2021-2022', '/en/reconciliation?by=axis&from=2021-2022'],
    ['/fr/a/../b', '/fr/b'],
    ['//elsewhere.example/fr', null],
    ['/\\elsewhere.example/fr', null],
    ['https://elsewhere.example/fr', null],
    ['/fr/../../api/v1/users', null],
    ['/french', null],
    ['/api/v1/users', null],
    ['javascript:alert(1)', null],
    ['/\t/elsewhere.example/fr', null],
    [`/fr/${'x'.repeat(2000)}`, null],
    ['', null],
  ])('%j is %j', (text, expected) => {
    expect(ownPage(text)).toBe(expected)
  })
})
