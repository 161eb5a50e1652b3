import type { VNode } from 'preact'
import type { Bilingual, Language } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import { formatAmount, formatCount, say } from '#platform/i18n/format.ts'

interface ListTotalProps {
  /** Of the whole list, whatever page of it is shown. */
  readonly count: number
  readonly total: Money
  /** `dépenses`, as the list calls what it holds. */
  readonly words: Bilingual
  readonly language: Language
}

/** What a list adds up to: whoever came by the link of a figure finds the same one here. */
export const ListTotal = ({ count, total, words, language }: ListTotalProps): VNode => (
  <p class="total">
    {formatCount(count, language)} {say(words, language)},{' '}
    <strong data-list-total={total.toString()}>{formatAmount(total, language)}</strong>
  </p>
)
