import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts'
import type { Language } from '#core/language.ts'
import { type Money, money } from '#core/money.ts'
import { formatCompact } from '#platform/i18n/format.ts'

/**
 * Grouped bars, as a picture that stands beside its table. Every series has a pattern of its own
 * besides its colour, and a range is a line from its low end to its high end over the bar. Amounts
 * become numbers here and nowhere else: the place of a pixel needs no cents.
 */
export interface Bars {
  readonly categories: readonly string[]
  readonly series: readonly BarSeries[]
  readonly language: Language
  readonly theme: Theme
}

export interface BarSeries {
  readonly name: string
  /** One a category; null where there is none. */
  readonly amounts: readonly (Money | null)[]
  readonly ranges?: readonly (AmountRange | null)[]
}

export interface AmountRange {
  readonly low: Money
  readonly high: Money
}

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

interface Inks {
  readonly ink: string
  readonly line: string
  readonly ground: string
  readonly fills: readonly string[]
}

const inks: Readonly<Record<Theme, Inks>> = {
  light: {
    ink: '#1b1f23',
    line: '#d4d9de',
    ground: '#ffffff',
    fills: ['#14557f', '#8fbfdd', '#9a4b00', '#f0b37a'],
  },
  dark: {
    ink: '#e6e9ec',
    line: '#48525c',
    ground: '#1b2026',
    fills: ['#86c1ea', '#2f6e98', '#f0a45d', '#9c5a1e'],
  },
}

const size = { width: 900, height: 380 }
const layout = { barGap: '10%', barCategoryGap: '24%' }

/** The library is big: it is read when the first chart is asked for. */
export async function drawBars(bars: Bars): Promise<string> {
  const [{ init, use }, { BarChart, CustomChart }, parts, { SVGRenderer }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  const { AriaComponent, GridComponent, LegendComponent } = parts
  use([BarChart, CustomChart, AriaComponent, GridComponent, LegendComponent, SVGRenderer])
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption(optionOf(bars))
    return asPicture(chart.renderToSVGString())
  } finally {
    chart.dispose()
  }
}

/** Nobody points at a picture; and names that count charts would make each one another text. */
const asPicture = (svg: string): string =>
  svg
    .replace(/<style >.*?<\/style>/s, '')
    .replaceAll(/ class="zr\d+-cls-\d+"/g, '')
    .replaceAll(/\bzr\d+-/g, 'zr-')

function optionOf({ categories, series, language, theme }: Bars) {
  const { ink, line, ground, fills } = inks[theme]
  const axisLabel = { color: ink, fontSize: 13 }
  return {
    animation: false,
    backgroundColor: ground,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    aria: {
      enabled: true,
      label: { enabled: false },
      decal: { show: true, decals: decalsOn(ground) },
    },
    legend: { top: 4, textStyle: axisLabel, itemWidth: 32, itemHeight: 16, itemGap: 18 },
    grid: {
      ...{ left: 16, right: 16, top: 64, bottom: 12 },
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: [...categories],
      axisLabel,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink } },
    },
    yAxis: {
      type: 'value',
      axisLabel: { ...axisLabel, formatter: (tick: number) => compact(tick, language) },
      splitLine: { lineStyle: { color: line } },
    },
    series: [
      ...series.map((each, place) => ({
        type: 'bar',
        name: each.name,
        data: each.amounts.map((amount) => (amount === null ? '-' : heightOf(amount))),
        ...layout,
        silent: true,
        itemStyle: { color: fills[place], borderColor: ink, borderWidth: 1 },
      })),
      ...series.flatMap((each, place) => whiskers(each, { place, count: series.length, ink })),
    ],
  }
}

const compact = (tick: number, language: Language): string =>
  formatCompact(money(tick.toFixed(2)), language)

const heightOf = (amount: Money): number => Number(amount.toString())

/** None, then lines one way, dots, lines the other way. */
const decalsOn = (color: string) => [
  { symbol: 'none', color },
  {
    symbol: 'rect',
    symbolSize: 1,
    rotation: Math.PI / 4,
    dashArrayX: [1, 0],
    dashArrayY: [2, 5],
    color,
  },
  {
    symbol: 'circle',
    symbolSize: 0.7,
    dashArrayX: [
      [8, 8],
      [0, 8, 8, 0],
    ],
    dashArrayY: [5, 0],
    color,
  },
  {
    symbol: 'rect',
    symbolSize: 1,
    rotation: -Math.PI / 4,
    dashArrayX: [1, 0],
    dashArrayY: [3, 4],
    color,
  },
]

interface Whisker {
  readonly place: number
  readonly count: number
  readonly ink: string
}

/** From the low end to the high one, over the bar that stands between them. */
function whiskers({ ranges }: BarSeries, { place, count, ink }: Whisker) {
  const data = (ranges ?? []).flatMap((range, category) =>
    range === null ? [] : [[category, heightOf(range.low), heightOf(range.high)]],
  )
  if (data.length === 0) {
    return []
  }
  const style = { stroke: ink, lineWidth: 3, fill: 'none' }
  return [
    {
      type: 'custom' as const,
      silent: true,
      z: 3,
      encode: { x: 0, y: [1, 2] },
      data,
      renderItem(_params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) {
        const bar = api.barLayout({ count, ...layout })?.[place]
        const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)])
        const [, high = 0] = api.coord([api.value(0), api.value(2)])
        const at = x + (bar?.offsetCenter ?? 0)
        const half = (bar?.width ?? 0) / 3
        const across = (y: number) => ({ x1: at - half, y1: y, x2: at + half, y2: y })
        const lines = [{ x1: at, y1: low, x2: at, y2: high }, across(low), across(high)]
        return {
          type: 'group' as const,
          children: lines.map((shape) => ({ type: 'line' as const, shape, style })),
        }
      },
    },
  ]
}
