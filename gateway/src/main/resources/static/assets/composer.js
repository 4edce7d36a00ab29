// The box to write in, and its two ways into the room: the socket, and the site's own address for announcements.

import { announce } from './announce.js'

/**
 * @param {object} parts
 * @param {(text: string) => void} parts.send
 * @param {() => void} parts.jump to the newest message
 * @param {string} parts.announcements address
 */
export function composer({ send, jump, announcements }) {
  const form = document.getElementById('composer')
  const box = document.getElementById('text')
  const announceButton = document.getElementById('announce')
  const sendButton = document.getElementById('send')
  const notice = document.getElementById('notice')

  function say(text) {
    notice.textContent = text
    notice.hidden = !text
  }

  function changed() {
    const empty = !box.value.trim()
    sendButton.disabled = announceButton.disabled = empty || box.disabled
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
  }

  function take() {
    const text = box.value.trim()
    if (!text || box.disabled) return
    send(text)
    box.value = ''
    changed()
    say('')
    box.focus()
  }

  async function takeForAnnouncement() {
    const text = box.value.trim()
    if (!text || box.disabled) return
    announceButton.disabled = true
    const problem = await announce(announcements, text)
    say(problem)
    if (!problem && box.value.trim() === text) box.value = ''
    changed()
    box.focus()
  }

  box.addEventListener('input', changed)
  box.addEventListener('keydown', (event) => {
    // While an input method composes, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    take()
  })
  sendButton.addEventListener('click', take)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    takeForAnnouncement()
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || document.querySelector('#menu:popover-open')) return
    jump()
    box.focus()
  })
  changed()

  return {
    say,

    /** There is no use in writing any more: the session has ended. */
    disable() {
      box.disabled = true
      changed()
    },

    enable() {
      box.disabled = false
      changed()
    },

    focus() {
      box.focus()
    },
  }
}
