const meta = (name) => document.querySelector(`meta[name="${name}"]`).content

/**
 * Posts to the room from the HTTP side, as a site would. The message comes back through the socket like any other.
 *
 * @returns {Promise<string>} what went wrong, for the reader; empty when it was accepted
 */
export async function announce(address, message) {
  let response
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        [meta('csrf-header')]: meta('csrf-token'),
      },
      body: JSON.stringify({ message }),
    })
  } catch {
    return 'Not announced: the site cannot be reached.'
  }
  if (response.ok) return ''
  if (response.status === 401 || response.status === 403) return 'Not announced: your session has changed. Reload the page.'
  const problem = await response.json().catch(() => ({}))
  return `Not announced: ${problem.detail ?? `the site answered ${response.status}`}.`
}
