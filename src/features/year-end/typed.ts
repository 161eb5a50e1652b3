import { type Reading, read, unread } from '#core/issues.ts'
import { type Policy, policyKinds, readPercent } from './policy.ts'

/** A policy as people type it: `QC-M8=lapse`, `QC-M8=carry-all`, `QC-M8=5` for 5 %. */
const form = /^([^=]+)=([^=]+?)\s*%?$/

const malformed = {
  fr: 'Une politique s’écrit ENVELOPPE=carry-all, ENVELOPPE=lapse ou ENVELOPPE=POURCENTAGE, par exemple QC-M8=5.',
  en: 'A policy is written ENVELOPE=carry-all, ENVELOPE=lapse or ENVELOPE=PERCENTAGE, for example QC-M8=5.',
}

export function readPolicy(typed: string): Reading<Policy> {
  const [, code = '', said = ''] = form.exec(typed.trim()) ?? []
  if (code === '') {
    return unread('year-end/policy-malformed', malformed, typed)
  }
  const envelope = code.trim().toUpperCase()
  const policy = policyKinds.find((kind) => kind === said && kind !== 'carry-percent')
  if (policy !== undefined) {
    return read({ envelope, policy, percent: null })
  }
  const percent = readPercent(said)
  return percent.ok
    ? read({ envelope, policy: 'carry-percent', percent: percent.value })
    : /^\d/.test(said)
      ? percent
      : unread('year-end/policy-malformed', malformed, typed)
}
