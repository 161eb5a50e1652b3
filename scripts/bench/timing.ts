export interface Repeating {
  readonly warmUps: number
  readonly repetitions: number
}

/** Milliseconds of each work, taken in turns, so that what the machine does besides hits them alike. */
export async function interleaved(
  works: readonly (() => Promise<unknown>)[],
  { warmUps, repetitions }: Repeating,
): Promise<readonly (readonly number[])[]> {
  const samples = works.map((): number[] => [])
  for (let turn = -warmUps; turn < repetitions; turn += 1) {
    for (const [place, work] of works.entries()) {
      const start = performance.now()
      await work()
      if (turn >= 0) {
        samples[place]?.push(performance.now() - start)
      }
    }
  }
  return samples
}
