import { readFile } from 'node:fs/promises'

/** What somebody else waits for meanwhile, asked for again and again until it fails or is stopped. */
export function watchOthers(read: () => Promise<unknown>) {
  const waits: number[] = []
  const state = { isOver: false }
  const run = (async () => {
    while (!state.isOver) {
      const start = performance.now()
      await read().catch(() => {
        state.isOver = true
      })
      waits.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  })()
  return {
    async stop(): Promise<readonly number[]> {
      state.isOver = true
      await run
      return waits
    },
  }
}

/** In mebibytes, as the kernel counted it; 0 where it does not say. */
export async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
