/** The same, one item ahead: the next is read while whoever asked works on the one it was given. */
export async function* readAhead<T>(source: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = source.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done === true) {
        return
      }
      next = source.next()
      // Told to whoever asks for it; nobody may, once the one before has failed them.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    await next.catch(() => undefined)
    await source.return()
  }
}
