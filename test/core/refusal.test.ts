import { expect, test } from 'vitest'
import { refuseField } from '#core/refusal.ts'

const sentence = { fr: 'Le montant est vide.', en: 'The amount is empty.' }

test('a refusal of one field says the same of the request and of the field', () => {
  const issue = { pointer: '/amount', code: 'money/empty', detail: sentence }
  expect(refuseField('amount', 'money/empty', sentence)).toMatchObject({
    kind: 'refused',
    status: 422,
    code: 'money/empty',
    sentence,
    issues: [issue],
  })
  expect(refuseField('amount', 'money/empty', sentence, ' ').issues).toEqual([
    { ...issue, value: ' ' },
  ])
})
