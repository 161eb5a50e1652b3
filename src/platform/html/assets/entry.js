// While an expenditure is typed: how its amount is read and what is left, as the service says it.
// Nothing is computed here; the button « Vérifier » says the same without a script.
const names = ['measure', 'envelope', 'serviceDate', 'amount']
const pauseMs = 150

export function watchEntry(region) {
  const form = document.querySelector('form.entry')
  let asked = new AbortController()
  let timer = 0
  const show = async () => {
    asked.abort()
    asked = new AbortController()
    const typed = new FormData(form)
    const query = new URLSearchParams(
      names.map((name) => [name, typed.get(name) ?? '']).filter(([, value]) => value !== ''),
    )
    try {
      const answer = await fetch(`${region.dataset.standing}?${query}`, { signal: asked.signal })
      if (answer.ok && !answer.redirected) {
        region.innerHTML = await answer.text()
      }
    } catch {
      // Left for another key, or nobody answers: the form is sent all the same.
    }
  }
  form?.addEventListener('input', ({ target }) => {
    if (names.includes(target.name)) {
      clearTimeout(timer)
      timer = setTimeout(show, pauseMs)
    }
  })
}
