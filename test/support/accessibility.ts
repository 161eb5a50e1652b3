import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA by axe-core, in the light the window is in. Each finding: rule, where, why. */
export async function accessibilityOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof import('axe-core') }
    const result = await checker.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return result.violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.slice(0, 3).map(({ target, failureSummary = '' }) => ({
        target: String(target),
        why: failureSummary.replaceAll(/\s+/g, ' '),
      })),
    }))
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, why }) => `${id} at ${target}: ${why}`),
  )
}

/** Only what depends on colours: the rest was looked at in the other light. */
export async function contrastOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof import('axe-core') }
    const result = await checker.run(document, {
      runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
    })
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ target }) => `${id} at ${String(target)}`),
    )
  })
}
