// What the page says, and how it writes times.

const locale = navigator.language?.startsWith('en') ? navigator.language : 'en-GB'
const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })
const longDay = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** Hours and minutes. */
export const time = (date) => clock.format(date)

/** Day and time to the second. */
export const fullTime = (date) => exact.format(date)

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate())

/** Names the day; days of the same name are the same day. */
export function day(date) {
  const ago = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000)
  if (ago === 0) return 'Today'
  return ago === 1 ? 'Yesterday' : longDay.format(date)
}

export const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`

const gaps = {
  trimmed: 'You were away for longer than this room keeps messages.',
  epoch: 'This room has started anew, and what was said before is gone.',
  diverged: 'The server lost the newest messages in a failure.',
  limit: 'More was said while you were away than can be told again.',
}

/** Why messages may be missing. */
export const gapReason = (reason) => gaps[reason] ?? 'The server cannot tell what was said while you were away.'

const stops = {
  1000: 'This page left the room.',
  4001: 'There is no such room.',
  4003: 'You may not enter this room.',
  4012: 'You were removed from this room.',
  4014: 'The server does not accept what this page sends.',
  4015: 'You have this room open in too many places.',
}

/** Why there is no use in trying again. */
export const stopReason = ({ code, reason }) => stops[code] ?? (reason || `The server ended the connection (${code}).`)

const pauses = { 1012: 'the server restarts', 1013: 'the server is busy', 4101: 'too many messages', 4108: 'the line is too slow' }

/** Why we wait, in few words, or nothing. */
export const pauseReason = ({ code }) => (navigator.onLine === false ? 'you are offline' : pauses[code] ?? '')

const failures = {
  closed: 'You were disconnected before it was sent.',
  queue_full: 'Too many messages are waiting already.',
  too_large: 'It is too long.',
  refused: 'The server does not take it.',
  unknown: 'It may have been sent: the server did not say.',
  forbidden: 'You may not write here.',
  read_only: 'You may read here, but not write.',
}

/** Why a message was not sent. */
export const sendFailure = ({ code, message }) => failures[code] ?? message
