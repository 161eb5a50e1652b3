import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { money } from '#core/money.ts'
import { Form } from '#platform/html/forms.tsx'
import type { Screen } from '#platform/html/page.ts'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatAmount, say } from '#platform/i18n/format.ts'
import type { Proposal, RunView, SaidLine } from './run-view.ts'

const words = {
  title: { fr: 'Propositions', en: 'Proposals' },
  hint: {
    fr: 'Entrée accepte la proposition où se trouve le curseur et passe à la suivante.',
    en: 'Enter accepts the proposal where the focus is and goes on to the next.',
  },
  row: { fr: 'Ligne', en: 'Row' },
  extract: { fr: 'Extrait', en: 'Extract' },
  journal: { fr: 'Journal', en: 'Journal' },
  why: { fr: 'Ce qui les sépare', en: 'What keeps them apart' },
  accept: { fr: 'Accepter', en: 'Accept' },
  accepted: { fr: 'Proposition acceptée.', en: 'Proposal accepted.' },
  next: { fr: 'À faire', en: 'To do' },
} satisfies Record<string, Bilingual>

interface ProposalsProps {
  readonly view: RunView
  readonly screen: Screen
  /** The form before this page was done: the focus goes to what comes next. */
  readonly isNext: boolean
}

/** Each row of the ledger beside the expenditure nearest to it: one keystroke joins them. */
export function Proposals({ view, screen, isNext }: ProposalsProps): VNode | null {
  const { language } = screen
  if (view.proposals.length === 0) {
    return null
  }
  const headings = [words.row, words.next, words.extract, words.journal, words.why]
  return (
    <section>
      <h2>{say(words.title, language)}</h2>
      <p class="hint">{say(words.hint, language)}</p>
      <section class="scroll" aria-label={say(words.title, language)} {...scrollable}>
        <table class="documents">
          <caption>{say(words.title, language)}</caption>
          <thead>
            <tr>
              {headings.map((heading) => (
                <th key={heading.en} scope="col">
                  {say(heading, language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.proposals.map((proposal, place) => (
              <Row
                key={proposal.row}
                proposal={proposal}
                view={view}
                screen={screen}
                isFocused={isNext && place === 0}
              />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

interface RowProps {
  readonly proposal: Proposal
  readonly view: RunView
  readonly screen: Screen
  readonly isFocused: boolean
}

function Row({ proposal, view, screen, isFocused }: RowProps): VNode {
  const { language } = screen
  const { row, expenditure, why } = proposal
  const said = (line: SaidLine | undefined): string =>
    line === undefined ? '' : lineText(line, screen)
  return (
    <tr>
      <th scope="row" class="figure">
        {row}
      </th>
      <td>
        <Form screen={screen} action={`/matching/${view.id}`} class="inline">
          <input type="hidden" name="extractRows.0" value={String(row)} />
          <input type="hidden" name="expenditures.0" value={expenditure} />
          <input type="hidden" name="reason" value={`${say(words.accepted, language)} ${why}`} />
          <button
            type="submit"
            name="step"
            value="match"
            autofocus={isFocused}
            aria-label={`${say(words.accept, language)} ${row}`}
          >
            {say(words.accept, language)}
          </button>
        </Form>
      </td>
      <td>{said(view.rows.get(row))}</td>
      <td>{said(view.spending.get(expenditure))}</td>
      <td>{why}</td>
    </tr>
  )
}

export const lineText = (line: SaidLine, { language }: Screen): string =>
  [line.document, line.date, formatAmount(money(line.amount), language), line.party]
    .filter((part) => part !== '')
    .join(' · ')
