import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { isZero, money } from '#core/money.ts'
import { Form } from '#platform/html/forms.tsx'
import type { Screen } from '#platform/html/page.ts'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatAmount, formatCount, say } from '#platform/i18n/format.ts'
import { causeNames } from './matching.table.ts'
import { lineText } from './run-proposals.views.tsx'
import type { KeptMatch, RunView } from './run-view.ts'

const words = {
  title: { fr: 'Appariées', en: 'Matched' },
  extract: { fr: 'Extrait', en: 'Extract' },
  journal: { fr: 'Journal', en: 'Journal' },
  residual: { fr: 'Écart résiduel', en: 'Residual' },
  why: { fr: 'Pourquoi', en: 'Why' },
  undo: { fr: 'Défaire', en: 'Undo' },
  none: { fr: 'Rien n’est encore apparié.', en: 'Nothing is matched yet.' },
  row: { fr: 'ligne', en: 'row' },
} satisfies Record<string, Bilingual>

interface MatchesProps {
  readonly view: RunView
  readonly screen: Screen
}

/** What is matched, by which rule, and the way to undo it. */
export function Matches({ view, screen }: MatchesProps): VNode {
  const { language } = screen
  const { matches, facts, may } = view
  const headings = [words.extract, words.journal, words.residual, words.why]
  const shown = may.prepare ? [...headings, words.undo] : headings
  return (
    <section>
      <h2>
        {say(words.title, language)} ({formatCount(facts.matches.length, language)})
      </h2>
      <section class="scroll" aria-label={say(words.title, language)} {...scrollable}>
        <table>
          <caption>{say(words.title, language)}</caption>
          <thead>
            <tr>
              {shown.map((heading) => (
                <th key={heading.en} scope="col">
                  {say(heading, language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matches.map((match) => (
              <Match key={match.id} match={match} view={view} screen={screen} />
            ))}
            {matches.length === 0 && (
              <tr>
                <td colSpan={shown.length}>{say(words.none, language)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function Match({ match, view, screen }: MatchesProps & { match: KeptMatch }): VNode {
  const { language } = screen
  const residual = money(match.residual)
  const cause = match.cause === null ? '' : ` – ${say(causeNames[match.cause], language)}`
  return (
    <tr>
      <th scope="row">
        {match.extractRows.map((row) => {
          const line = view.rows.get(row)
          return (
            <div key={row}>
              {say(words.row, language)} {row}
              {line === undefined ? '' : ` · ${lineText(line, screen)}`}
            </div>
          )
        })}
      </th>
      <td>
        {match.expenditures.map((id) => {
          const line = view.spending.get(id)
          return <div key={id}>{line === undefined ? id : lineText(line, screen)}</div>
        })}
      </td>
      <td class="figure">{isZero(residual) ? '' : formatAmount(residual, language)}</td>
      <td>
        {match.reason}
        {cause}
      </td>
      {view.may.prepare && (
        <td>
          <Form
            screen={screen}
            action={`/matching/${view.id}`}
            version={view.facts.version}
            class="inline"
          >
            <input type="hidden" name="match" value={match.id} />
            <button
              type="submit"
              name="step"
              value="unmatch"
              class="quiet"
              aria-label={`${say(words.undo, language)} ${match.extractRows.join(', ')}`}
            >
              {say(words.undo, language)}
            </button>
          </Form>
        </td>
      )}
    </tr>
  )
}
