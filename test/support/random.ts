import { createHash } from 'node:crypto'

/** Numbers from a seed, the same on every machine. */
export interface Random {
  /** 0 … below − 1. */
  readonly below: (limit: number) => number
  readonly pick: <T>(list: readonly T[]) => T
}

export function randomOf(seed: string): Random {
  let turn = 0
  const below = (limit: number): number => {
    turn += 1
    const digest = createHash('sha256').update(`${seed}/${turn}`).digest()
    return digest.readUIntBE(0, 6) % limit
  }
  return {
    below,
    pick: (list) => {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
  }
}
