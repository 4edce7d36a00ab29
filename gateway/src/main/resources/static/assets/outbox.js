// One's own messages between the key press and the room: on their way, or failed.

import { element } from './element.js'
import { bubble } from './messages.js'
import { sendFailure } from './words.js'

/**
 * @param {HTMLElement} list
 * @param {string} me
 * @param {import('./sidestream.js').Room} room
 */
export function outbox(list, me, room) {
  /** Entries by the id that the page gave them, and by the one of the room. */
  const entries = new Map()

  function forget(entry) {
    entry.item.remove()
    entries.delete(entry.cid)
    entries.delete(entry.id)
  }

  function tell(entry, ...status) {
    entry.status.replaceChildren(...status)
  }

  function accepted(entry, id) {
    if (!entries.has(entry.cid)) return
    entry.id = id
    entries.set(id, entry)
    entry.item.dataset.state = 'sent'
    tell(entry, 'Sent')
  }

  function failed(entry, error) {
    entry.item.dataset.state = 'failed'
    const again = element('button', { type: 'button', className: 'link-button' }, 'Try again')
    const discard = element('button', { type: 'button', className: 'link-button' }, 'Discard')
    again.addEventListener('click', () => {
      forget(entry)
      send(entry.text)
    })
    discard.addEventListener('click', () => forget(entry))
    tell(entry, `Not sent. ${sendFailure(error)} `, again, ' ', discard)
  }

  function send(text) {
    const cid = crypto.getRandomValues(new Uint32Array(4)).join('-')
    const status = element('div', { className: 'status' })
    const item = bubble({ author: me, own: true, follows: true, date: new Date(), message: text })
    item.append(status)
    item.dataset.state = 'sending'
    const entry = { cid, text, item, status }
    entries.set(cid, entry)
    list.append(item)
    tell(entry, 'Sending…')
    room.send(text, cid).then(
      (id) => accepted(entry, id),
      (error) => failed(entry, error),
    )
  }

  return {
    send,

    /** A message has come back from the room: it is no longer on its way. */
    arrived({ id, cid }) {
      const entry = entries.get(cid) ?? entries.get(id)
      if (entry) forget(entry)
    },

    get isEmpty() {
      return entries.size === 0
    },
  }
}
