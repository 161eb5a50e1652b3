import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { Comparison } from '#features/comparison/compare.ts'
import { addressWith } from '#platform/html/address.ts'
import { pathIn, type Screen } from '#platform/html/page.ts'
import { say } from '#platform/i18n/format.ts'
import { chartAlt, chartNames, chartTitles } from './comparison-chart.views.ts'

const words = {
  title: { fr: 'Graphiques', en: 'Charts' },
  range: {
    fr: 'Le trait sur le prévu fédéral va de la lecture basse à la lecture haute. Les montants exacts sont dans le tableau.',
    en: 'The line over federal planned money goes from the low reading to the high one. Exact amounts are in the table.',
  },
} satisfies Record<string, Bilingual>

/** After the table; in the dark, the picture that was drawn for it. */
export function ComparisonCharts({
  comparison,
  screen,
}: {
  readonly comparison: Comparison
  readonly screen: Screen
}): VNode {
  const { language } = screen
  const source = (chart: string, theme: string): string =>
    pathIn(language, addressWith(screen, '/comparison/chart.svg', { chart, theme }))
  return (
    <section>
      <h2>{say(words.title, language)}</h2>
      <p>{say(words.range, language)}</p>
      {chartNames.map((chart) => (
        <figure key={chart}>
          <figcaption>{say(chartTitles[chart], language)}</figcaption>
          <picture>
            <source media="(prefers-color-scheme: dark)" srcset={source(chart, 'dark')} />
            <img
              src={source(chart, 'light')}
              alt={say(chartAlt(comparison, chart), language)}
              width="900"
              height="380"
              loading="lazy"
            />
          </picture>
        </figure>
      ))}
    </section>
  )
}
