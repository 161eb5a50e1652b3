import { type Ground, layGround, spread } from './data.ts'
import type { Lab } from './lab.ts'

/** What several benches share is made by the first one that asks. */
export interface Site {
  readonly lab: Lab
  ground(): Promise<Ground>
  /** The ground with so many posted expenditures. */
  posted(count: number): Promise<Ground>
}

export function siteIn(lab: Lab, say: (text: string) => void): Site {
  let ground: Promise<Ground> | null = null
  const posted = new Map<number, Promise<Ground>>()
  const site: Site = {
    lab,
    ground() {
      ground ??= layGround(lab)
      return ground
    },
    posted(count) {
      const made = posted.get(count) ?? makePosted(count)
      posted.set(count, made)
      return made
    },
  }
  async function makePosted(count: number): Promise<Ground> {
    say(`posting ${count} expenditures`)
    return spread(lab, await site.ground(), count)
  }
  return site
}
