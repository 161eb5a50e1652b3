import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { periodKey } from '#core/period.ts'
import type { Column, TableRow } from '#core/table.ts'
import type { Extract } from '#features/extracts/extract.ts'
import { ErrorSummary, Field, Form, Select } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { toleranceDaysDefault, toleranceDefault } from './asked-run.ts'
import type { Run } from './run.ts'
import { runsTable } from './runs.table.ts'

const words = {
  title: { fr: 'Appariement', en: 'Matching' },
  intro: {
    fr: 'Chaque extrait du grand livre est apparié aux dépenses de sa période; ce qui reste ouvert reçoit une cause, puis une autre personne signe.',
    en: 'Each ledger extract is matched with the expenditures of its period; what stays open is given a cause, and then somebody else signs.',
  },
  run: { fr: 'Apparier un extrait', en: 'Match an extract' },
  extract: { fr: 'Extrait', en: 'Extract' },
  tolerance: { fr: 'Écart toléré', en: 'Tolerated difference' },
  toleranceHint: { fr: 'En dollars, au plus 1,00.', en: 'In dollars, at most 1.00.' },
  toleranceDays: { fr: 'Jours tolérés', en: 'Tolerated days' },
  start: { fr: 'Lancer l’appariement', en: 'Run the matching' },
  load: { fr: 'Charger un extrait du grand livre', en: 'Load a ledger extract' },
  none: { fr: 'Aucun appariement pour le moment.', en: 'No matching yet.' },
} satisfies Record<string, Bilingual>

export interface MatchingFacts {
  readonly runs: readonly Run[]
  /** Of which the person may run the matching. */
  readonly extracts: readonly Extract[]
  readonly mayLoad: boolean
}

export function matchingPage({ runs, extracts, mayLoad }: MatchingFacts, screen: Screen): Page {
  const { language } = screen
  const hrefOf = ({ cells }: TableRow, { key }: Column): string | null => {
    const id = cells.at(-1)
    return key === 'key' && id?.type === 'text'
      ? pathIn(language, `/matching/${String(id.value)}`)
      : null
  }
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={words} />
        <p>{say(words.intro, language)}</p>
        {extracts.length > 0 && <Start extracts={extracts} screen={screen} />}
        {mayLoad && (
          <p>
            <a href={pathIn(language, '/extracts')}>{say(words.load, language)}</a>
          </p>
        )}
        <TableView
          table={runsTable(runs.toReversed())}
          language={language}
          header="key"
          hrefOf={hrefOf}
          empty={words.none}
        />
      </>
    ),
  }
}

function Start({ extracts, screen }: { extracts: readonly Extract[]; screen: Screen }): VNode {
  const field = (name: 'extract' | 'tolerance' | 'toleranceDays') => ({
    screen,
    name,
    label: words[name],
  })
  const options = extracts.toReversed().map(({ id, organization, period, fileName }) => ({
    value: id,
    words: `${periodKey(period)} ${organization} – ${fileName}`,
  }))
  return (
    <section class="card">
      <h2>{say(words.run, screen.language)}</h2>
      <Form screen={screen} action="/matching">
        <Select {...field('extract')} options={options} />
        <Field
          {...field('tolerance')}
          value={toleranceDefault}
          hint={words.toleranceHint}
          inputMode="decimal"
        />
        <Field
          {...field('toleranceDays')}
          value={String(toleranceDaysDefault)}
          inputMode="numeric"
        />
        <p>
          <button type="submit">{say(words.start, screen.language)}</button>
        </p>
      </Form>
    </section>
  )
}
