import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A line to a server's socket that can be bad: cut at any moment, or silent for a while. */
export interface TcpProxy {
  readonly port: number
  /** Ends every connection, without a word. */
  cut(): void
  /** Connections stay open and nothing comes through, either way; new ones too. */
  stall(): void
  flow(): void
}

/** Gone when the test is finished. */
export async function tcpProxy(socketPath: string): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let isStalled = false
  const server = createServer((near) => {
    const far = connect(socketPath)
    const pair = [near, far] as const
    pairs.add(pair)
    for (const [from, to] of [pair, pair.toReversed()] as const) {
      from?.on('error', () => undefined)
      from?.on('close', () => {
        pairs.delete(pair)
        to?.destroy()
      })
      if (to !== undefined) from?.pipe(to)
    }
    if (isStalled) pause(pair)
  })
  const pause = (pair: readonly [Socket, Socket]): void => {
    for (const socket of pair) socket.unpipe().pause()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    for (const [near, far] of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    stall() {
      isStalled = true
      for (const pair of pairs) pause(pair)
    },
    flow() {
      isStalled = false
      for (const [near, far] of pairs) {
        near.pipe(far)
        far.pipe(near)
      }
    },
  }
}
