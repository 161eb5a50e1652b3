import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import { addressWith } from '#platform/html/address.ts'
import { ErrorSummary, Form } from '#platform/html/forms.tsx'
import { ListTotal } from '#platform/html/list-total.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { CellField, CheckCell } from '#platform/html/table-fields.tsx'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatAmount, say } from '#platform/i18n/format.ts'
import type { Waiting } from './approvals.ts'
import type { Expenditure } from './expenditure.ts'
import { fieldWords, waitingNames } from './expenditure-words.ts'

export interface QueueFacts {
  readonly rows: readonly Waiting[]
  readonly count: number
  readonly total: Money
  readonly nextCursor: string | null
  /** How many were approved just now. */
  readonly approved: number | null
  /** What was returned just now, where the reader sees it. */
  readonly returned: Expenditure | null
}

const words = {
  title: { fr: 'Approbations', en: 'Approvals' },
  caption: { fr: 'En attente de votre décision', en: 'Waiting for your decision' },
  counted: { fr: 'décision(s) en attente, effet net', en: 'decision(s) waiting, net effect' },
  choose: { fr: 'Choisir', en: 'Choose' },
  kind: { fr: 'Décision', en: 'Decision' },
  cell: { fr: 'Mesure et enveloppe', en: 'Measure and envelope' },
  what: { fr: 'Fournisseur et description', en: 'Supplier and description' },
  effect: { fr: 'Effet sur le dépensé', en: 'Effect on spending' },
  why: { fr: 'Signalements', en: 'Flags' },
  steps: { fr: 'Autre décision', en: 'Other decision' },
  approve: { fr: 'Approuver les dépenses choisies', en: 'Approve the chosen expenditures' },
  allOrNone: {
    fr: 'Toutes les dépenses choisies sont approuvées, ou aucune.',
    en: 'All the chosen expenditures are approved, or none.',
  },
  return: { fr: 'Retourner', en: 'Return' },
  decide: { fr: 'Décider', en: 'Decide' },
  none: {
    fr: 'Rien n’attend votre décision. Ce que d’autres soumettent ou demandent paraîtra ici.',
    en: 'Nothing waits for your decision. What others submit or ask for will show here.',
  },
  posted: { fr: 'Voir les dépenses comptabilisées', en: 'See the posted expenditures' },
  approved: { fr: 'dépense(s) approuvée(s).', en: 'expenditure(s) approved.' },
  returned: { fr: 'a été retournée en brouillon.', en: 'was returned to draft.' },
  others: { fr: 'Au budget, ce qui est soumis', en: 'What is submitted to the budget' },
  files: { fr: 'Télécharger', en: 'Download' },
  next: { fr: 'Page suivante', en: 'Next page' },
  needed: { fr: 'Justification requise', en: 'Justification needed' },
} satisfies Record<string, Bilingual>

export function approvalsPage(facts: QueueFacts, screen: Screen): Page {
  const { language } = screen
  const { rows, count, total, nextCursor } = facts
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={labelsOf(rows)} />
        <Done facts={facts} screen={screen} />
        <p class="ways">
          {say(words.files, language)} <a href={pathIn(language, '/approvals.csv')}>CSV</a>{' '}
          <a href={pathIn(language, '/approvals.xlsx')}>XLSX</a>
        </p>
        <ListTotal count={count} total={total} words={words.counted} language={language} />
        {rows.length === 0 ? (
          <p>
            {say(words.none, language)}{' '}
            <a href={pathIn(language, '/expenditures?state=posted')}>
              {say(words.posted, language)}
            </a>
          </p>
        ) : (
          <Form screen={screen} action="/approvals" class="bulk">
            <Queue rows={rows} screen={screen} />
            <p>
              <button type="submit">{say(words.approve, language)}</button>{' '}
              <small>{say(words.allOrNone, language)}</small>
            </p>
          </Form>
        )}
        <Others screen={screen} />
        {nextCursor !== null && (
          <p class="ways">
            <a
              href={pathIn(language, addressWith(screen, '/approvals', { cursor: nextCursor }))}
              rel="next"
            >
              {say(words.next, language)}
            </a>
          </p>
        )}
      </>
    ),
  }
}

/** What waits elsewhere: the budget's own documents have their lists. */
function Others({ screen: { language, navigation } }: { screen: Screen }): VNode | null {
  const ways: readonly { readonly path: string; readonly query: string }[] = [
    { path: '/commitments', query: '?state=submitted' },
    { path: '/revisions', query: '?state=submitted' },
    { path: '/year-end', query: '?state=submitted' },
    { path: '/proposals', query: '' },
  ]
  const entries = navigation.flatMap((group) => group.entries)
  return (
    <section>
      <h2>{say(words.others, language)}</h2>
      <ul>
        {ways.flatMap(({ path, query }) =>
          entries
            .filter((entry) => entry.path === path)
            .map((entry) => (
              <li key={path}>
                <a href={pathIn(language, `${path}${query}`)}>{say(entry.words, language)}</a>
              </li>
            )),
        )}
      </ul>
    </section>
  )
}

const labelsOf = (rows: readonly Waiting[]): Readonly<Record<string, Bilingual>> =>
  Object.fromEntries(
    rows.flatMap(({ document: { id, number } }) =>
      [`rows.${id}`, `justifications.${id}`].map((name) => [name, { fr: number, en: number }]),
    ),
  )

function Done({ facts, screen }: { facts: QueueFacts; screen: Screen }): VNode | null {
  const { language } = screen
  const { approved, returned } = facts
  if (approved === null && returned === null) {
    return null
  }
  return (
    <p class="notice">
      {approved !== null && `${approved} ${say(words.approved, language)}`}
      {returned !== null && (
        <>
          <a href={pathIn(language, `/expenditures/${returned.id}`)}>{returned.number}</a>{' '}
          {say(words.returned, language)}
        </>
      )}
    </p>
  )
}

function Queue({ rows, screen }: { rows: readonly Waiting[]; screen: Screen }): VNode {
  const { language } = screen
  const headings = [
    words.choose,
    fieldWords.number,
    words.steps,
    words.kind,
    fieldWords.organization,
    words.cell,
    fieldWords.serviceDate,
    words.what,
    words.effect,
    words.why,
  ]
  return (
    <section class="scroll" aria-label={say(words.caption, language)} {...scrollable}>
      <table class="documents">
        <caption>{say(words.caption, language)}</caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th
                key={heading.en}
                scope="col"
                class={heading === words.effect ? 'figure' : undefined}
              >
                {say(heading, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((waiting) => (
            <Row key={waiting.request ?? waiting.expenditure} waiting={waiting} screen={screen} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ waiting, screen }: { waiting: Waiting; screen: Screen }): VNode {
  const { language } = screen
  const { document, kind, effect } = waiting
  const isDocument = kind === 'expenditure'
  const here = `/expenditures/${document.id}`
  return (
    <tr>
      <td>
        {isDocument && (
          <CheckCell
            screen={screen}
            name={`rows.${document.id}`}
            value={String(document.version)}
            label={`${say(words.choose, language)} ${document.number}`}
          />
        )}
      </td>
      <th scope="row">
        <a href={pathIn(language, here)}>{document.number}</a>
      </th>
      <td>
        <a href={pathIn(language, isDocument ? `${here}/return` : here)}>
          {say(isDocument ? words.return : words.decide, language)}
        </a>
      </td>
      <td>{say(waitingNames[kind], language)}</td>
      <td>{document.organization}</td>
      <td class="day">
        {document.measure}
        {document.measure !== null && document.envelope !== null && <br />}
        {document.envelope}
      </td>
      <td class="day">{document.serviceDate}</td>
      <td>
        {document.supplier}
        <br />
        {document.description}
      </td>
      <td class="figure">{formatAmount(effect, language)}</td>
      <td class="why">
        <Why waiting={waiting} screen={screen} />
      </td>
    </tr>
  )
}

/** Why it is flagged, in the words of this one, and the field for what approving it needs. */
function Why({ waiting, screen }: { waiting: Waiting; screen: Screen }): VNode {
  const { language } = screen
  const { flags, reasons, needsJustification, document } = waiting
  const told = new Map(reasons.map(({ flag, text }) => [flag, text]))
  return (
    <>
      {flags.map((flag) => {
        const label = say(flagLabelOf(flag) ?? { fr: flag, en: flag }, language)
        const reason = told.get(flag)
        return (
          <p key={flag}>
            <strong>{label}</strong>
            {reason !== undefined && ` – ${say(reason, language)}`}
          </p>
        )
      })}
      {needsJustification && waiting.kind === 'expenditure' && (
        <>
          <small>{say(words.needed, language)}</small>
          <CellField
            screen={screen}
            name={`justifications.${document.id}`}
            label={`${say(fieldWords.justification, language)} ${document.number}`}
          />
        </>
      )}
    </>
  )
}
