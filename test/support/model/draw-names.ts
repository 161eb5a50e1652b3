import type { Draw } from './game.ts'

/** What changes no amount of Quebec's: names, and how federal announcements hang together. */
export const rename: Draw = (game) => {
  const organization = game.chance.of(['MSP', 'MJQ', 'MEQ', 'SPC'])
  const name = `${organization} (${game.name('N')})`
  return {
    says: `the administrator names ${organization} ${name}`,
    tell: () => undefined,
    ask: (desk) => desk.rename(organization, name),
  }
}

/** A later announcement to an earlier one, so that they never go round in a circle. */
export const relate: Draw = (game) => {
  const announced = ['CA-2004', 'CA-2007', 'CA-2009', 'CA-2017', 'CA-2019', 'CA-2022']
  const later = 1 + game.chance.below(announced.length - 1)
  const kind = game.chance.of(['adds', 'renews', 'replaces', 'includes', 'unknown'])
  const relation = {
    ...{ from: announced[later], to: announced[game.chance.below(later)], kind, stated: false },
    ...{ citation: 'Lecture nouvelle', document: null },
    ifNotAdditive: kind === 'unknown' ? game.chance.of(['replaces', 'includes']) : null,
  }
  return {
    says: `SPC states that ${relation.from} ${kind} ${relation.to}`,
    tell: () => undefined,
    ask: (desk) => desk.relate(relation),
  }
}
