// What takes the place of the message box when there is no use in writing any more.

import { stopReason } from './words.js'

const byId = (id) => document.getElementById(id)

/**
 * @param {import('./sidestream.js').Room} room
 * @param {{ disable(): void, enable(): void }} box
 */
export function ending(room, box) {
  const signedInAs = byId('me-label').textContent

  byId('stopped-again').addEventListener('click', () => room.connect())

  room.on('state', (state) => {
    const signedOut = state.status === 'signed-out'
    const stopped = state.status === 'stopped'
    byId('signed-out').hidden = !signedOut
    byId('stopped').hidden = !stopped
    byId('stopped-why').textContent = stopped ? stopReason(state) : ''
    byId('composer').hidden = byId('hint').hidden = signedOut || stopped
    byId('me-label').textContent = signedOut ? 'Signed out' : signedInAs
    byId('logout').hidden = signedOut
    if (signedOut || stopped) box.disable()
    else box.enable()
  })
}
