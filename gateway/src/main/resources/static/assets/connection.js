// What is true of the connection, in words, next to the name of the room.

import { pauseReason } from './words.js'

/** @param {import('./sidestream.js').Room} room */
export function connection(room) {
  const root = document.getElementById('connection')
  const text = document.getElementById('connection-text')
  const why = document.getElementById('connection-why')
  const now = document.getElementById('connection-now')
  const told = document.getElementById('connection-told')
  let ticking

  now.addEventListener('click', () => room.connect())

  function countdown(state) {
    const seconds = Math.max(1, Math.ceil((state.at - Date.now()) / 1000))
    text.textContent = `Reconnecting in ${seconds} s`
    why.textContent = pauseReason(state)
    why.hidden = !why.textContent
    ticking = setTimeout(countdown, 250, state)
  }

  function words({ status, attempt }) {
    switch (status) {
      case 'connecting':
        return attempt ? 'Reconnecting…' : 'Connecting…'
      case 'live':
        return 'Live'
      case 'signed-out':
        return 'Signed out'
      default:
        return 'Disconnected'
    }
  }

  /** Said aloud once per change; the seconds and the single attempts are for the eye only. */
  function say(state) {
    const trying = state.status === 'reconnecting' || (state.status === 'connecting' && state.attempt > 0)
    const said = trying ? 'Connection lost, reconnecting' : words(state)
    if (told.textContent !== said) told.textContent = said
  }

  room.on('state', (state) => {
    clearTimeout(ticking)
    root.dataset.status = state.status
    why.hidden = true
    now.hidden = state.status !== 'reconnecting'
    if (state.status === 'reconnecting') countdown(state)
    else text.textContent = words(state)
    say(state)
  })
}
