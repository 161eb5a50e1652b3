// Comfort only: every task works without it. A form that is on its way is not sent twice, and a
// refused form begins at what is wrong.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent === 'true') {
      event.preventDefault()
    }
    form.dataset.sent = 'true'
  })
}

// Back to a page that the browser kept: its forms may be sent again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent
  }
})

document.getElementById('errors')?.focus()

const standing = document.querySelector('[data-standing]')
if (standing !== null) {
  const { watchEntry } = await import('./entry.js')
  watchEntry(standing)
}
