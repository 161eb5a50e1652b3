import type { Bilingual } from '#core/language.ts'
import { ErrorSummary, Form } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import { tieOutTable } from './matching.table.ts'
import type { Shown } from './run-facts.ts'

const words = {
  title: { fr: 'Signer le rapprochement', en: 'Sign the tie-out' },
  hint: {
    fr: 'Une fois signé, il ne change plus, et la période peut être fermée. Qui l’a préparé ou modifié ne peut pas le signer.',
    en: 'Once it is signed it changes no more, and the period may be closed. Whoever prepared or changed it may not sign it.',
  },
  prepared: { fr: 'Préparé par', en: 'Prepared by' },
  changed: { fr: 'Dernier changement par', en: 'Last changed by' },
  sign: { fr: 'Signer', en: 'Sign' },
  back: { fr: 'Revenir à l’appariement', en: 'Back to the matching' },
} satisfies Record<string, Bilingual>

/** What is signed, under the eyes of whoever signs it. */
export function signPage({ contents: { run }, tieOut }: Shown, screen: Screen): Page {
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} />
        <p>{say(words.hint, language)}</p>
        <dl>
          <dt>{say(words.prepared, language)}</dt>
          <dd>{run.preparedBy}</dd>
          <dt>{say(words.changed, language)}</dt>
          <dd>{run.changedBy}</dd>
        </dl>
        <TableView
          table={tieOutTable(run, tieOut)}
          language={language}
          columns={['label', 'extract', 'journal', 'difference']}
        />
        <Form screen={screen} action={`/matching/${run.id}/sign`} version={run.version}>
          <p>
            {run.state === 'open' && <button type="submit">{say(words.sign, language)}</button>}{' '}
            <a href={pathIn(language, `/matching/${run.id}`)}>{say(words.back, language)}</a>
          </p>
        </Form>
      </>
    ),
  }
}
