import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { money } from '#core/money.ts'
import { Field, Form, Select } from '#platform/html/forms.tsx'
import type { Screen } from '#platform/html/page.ts'
import { formatAmount, say } from '#platform/i18n/format.ts'
import type { RunView } from './run-view.ts'

const words = {
  split: { fr: 'Diviser une ligne de l’extrait', en: 'Split a row of the extract' },
  row: { fr: 'Ligne', en: 'Row' },
  part: { fr: 'Part', en: 'Part' },
  divide: { fr: 'Diviser la ligne', en: 'Split the row' },
} satisfies Record<string, Bilingual>

const parts = [0, 1, 2, 3] as const

/** A row of the ledger that stands for several expenditures of different dates or measures. */
export function Split({ view, screen }: { view: RunView; screen: Screen }): VNode {
  const { language, form } = screen
  const isRefused = form.problem !== null && Object.hasOwn(form.typed, 'extractRow')
  return (
    <details open={isRefused}>
      <summary>{say(words.split, language)}</summary>
      <Form screen={screen} action={`/matching/${view.id}`} version={view.facts.version}>
        <Select
          screen={screen}
          name="extractRow"
          label={words.row}
          options={view.extract.map((line) => ({
            value: String(line.row),
            words: `${line.row} · ${line.document} · ${formatAmount(money(line.amount), language)}`,
          }))}
        />
        {parts.map((part) => (
          <Field
            key={part}
            screen={screen}
            name={`amounts.${part}`}
            label={{ fr: `${words.part.fr} ${part + 1}`, en: `${words.part.en} ${part + 1}` }}
            inputMode="decimal"
            optional={part > 1}
          />
        ))}
        <p>
          <button type="submit" name="step" value="split">
            {say(words.divide, language)}
          </button>
        </p>
      </Form>
    </details>
  )
}
