import { createHash } from 'node:crypto'

/**
 * Chance that can be played again: a test prints its seed, and TEST_SEED=… gives it back. Which act
 * a client does next is decided by it alone; in what order the database serves clients is not.
 */
export interface Chance {
  /** An integer from 0 up to, not including, the bound. */
  below(bound: number): number
  of<T>(choices: readonly T[]): T
  /** Another one, which does not depend on how much this one is used. */
  branch(name: string | number): Chance
}

const seed = Number(process.env.TEST_SEED ?? 20_261_121)

export function chanceOf(test: string): Chance {
  process.stdout.write(`${test}: TEST_SEED=${seed}\n`)
  return chance(`${seed}`)
}

function chance(path: string): Chance {
  let drawn = 0
  const below = (bound: number): number => {
    drawn += 1
    return createHash('sha256').update(`${path}:${drawn}`).digest().readUInt32BE() % bound
  }
  return {
    below,
    of(choices) {
      const chosen = choices[below(choices.length)]
      if (chosen === undefined) {
        throw new RangeError('nothing to choose from')
      }
      return chosen
    },
    branch: (name) => chance(`${path}/${name}`),
  }
}
