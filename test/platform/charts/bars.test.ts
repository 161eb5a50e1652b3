import { describe, expect, test } from 'vitest'
import { money } from '#core/money.ts'
import { type Bars, drawBars } from '#platform/charts/bars.ts'

const bars: Bars = {
  categories: ['2021-2022', '2022-2023'],
  language: 'fr',
  theme: 'light',
  series: [
    { name: 'Québec : prévu', amounts: [money('29421385.00'), null] },
    {
      name: 'Canada : prévu',
      amounts: [money('20316666.67'), money('14470000.00')],
      ranges: [{ low: money('17366666.67'), high: money('20316666.67') }, null],
    },
  ],
}

describe('a chart of bars', () => {
  test('is a picture with a pattern for each series, and says amounts as people read them', async () => {
    const svg = await drawBars(bars)
    expect(svg).toMatch(/^<svg .*<\/svg>$/s)
    expect(svg).toContain('Québec : prévu')
    expect(svg).toContain('30\u00a0M$')
    expect(svg).toContain('<pattern')
    expect(svg).not.toMatch(/<script|javascript:|href="http/)
  })

  test('is the same picture every time, and another one in the dark', async () => {
    const light = await drawBars(bars)
    expect(await drawBars(bars)).toBe(light)
    expect(await drawBars({ ...bars, theme: 'dark' })).not.toBe(light)
  })

  test('draws a range where there is one', async () => {
    const flat = bars.series.map(({ name, amounts }) => ({ name, amounts }))
    const count = (svg: string): number => svg.match(/<(path|line|polyline)\b/g)?.length ?? 0
    const ranged = await drawBars(bars)
    expect(count(ranged) - count(await drawBars({ ...bars, series: flat }))).toBe(3)
  })
})
