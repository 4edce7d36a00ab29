/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export interface Options {
  /** Start after this message, for example the last one that the page was rendered with. */
  since?: string
  /** Start with the last n messages, at most 1,000. Has no effect together with `since`. */
  history?: number
  /** Another WebSocket constructor than the global one, for programs outside of a browser. */
  WebSocket?: typeof WebSocket
}

/** What is true of the room now. Times are in ms, `at` since 1970. */
export type State =
  | { status: 'connecting'; attempt: number }
  | { status: 'live' }
  | { status: 'reconnecting'; attempt: number; delay: number; at: number; code: number; reason: string }
  /** No session, or it ended (4009, 4010, 4011). Sign in again, then `connect()`. */
  | { status: 'signed-out'; code: number; reason: string }
  /** The server said that there is no use in trying, or the page called `close()` (code 1000). */
  | { status: 'stopped'; code: number; reason: string }

export interface Welcome {
  type: 'welcome'
  v: number
  connection: string
  node: string
  room: string
  user: string | null
  tail: string | null
  resumed: boolean
  replayed: number
  /** Seconds between two pings of the server. */
  ping: number
  limits: { bytes?: number; rate?: number; burst?: number; replay?: number }
  /** Seconds until the session ends unless it is used. */
  session_ttl?: number | null
}

export interface Message {
  type: 'message'
  /** Opaque; compare by equality only. */
  id: string
  message: Json
  user: string | null
  /** When the server accepted it, in ms since 1970. */
  ts: number
  /** On messages of this very user: the `cid` that it was sent with. */
  cid?: string
}

/** Messages may be missing before what comes next. Load what the page needs from the site. */
export interface Gap {
  type: 'gap'
  since: string | null
  first: string | null
  /** Where to go on; the client does so by itself. */
  id?: string | null
  reason: 'trimmed' | 'epoch' | 'diverged' | 'lost' | 'limit'
}

export interface ServerError {
  type: 'error'
  code: string
  message: string
  cid?: string
  /** Seconds. Present: temporary; a message that was sent with `send` is sent again by itself. */
  retry_after?: number
}

/** The login session ends soon; comes again with a longer time when it was extended. */
export interface SessionEnding {
  type: 'session'
  /** Seconds. */
  ends_in: number
}

export interface Bye {
  type: 'bye'
  code: number
  reason: string
  retry_after?: number
  reconnect?: boolean
}

/** How `send` fails. */
export interface SendError extends Error {
  /**
   * `closed`: the room was closed before. `queue_full`: 100 messages are waiting already. `too_large`: beyond the limit
   * of the server. `refused`: the server ended the socket because of this message. `unknown`: it was sent, and for nine
   * minutes there was no answer. Anything else is the code of the server's error.
   */
  code: string
  closeCode?: number
}

export interface Events {
  state: State
  welcome: Welcome
  message: Message
  gap: Gap
  /** The server cannot hear the other servers now: what others say comes later. */
  degraded: { type: 'degraded' }
  restored: { type: 'restored' }
  error: ServerError
  session: SessionEnding
  bye: Bye
}

export interface Room {
  readonly state: State
  /**
   * Calls the listener for each frame of a type; for `state` at once with the present one too. Types that are not listed
   * here are passed on as they come. Returns what undoes it.
   */
  on<T extends keyof Events>(type: T, listener: (event: Events[T]) => void): () => void
  on(type: string, listener: (frame: any) => void): () => void
  /**
   * Sends, now or when the room is live again, in the order of the calls. Resolves with the id once it is accepted; it is
   * sent again, as the same message, until then.
   *
   * @param cid the page's own id of it, 1 to 64 characters of Unicode, to recognise the message when it comes back
   */
  send(message: Json, cid?: string): Promise<string>
  /** Opens again after `stopped` or `signed-out`, or at once while waiting to reconnect. */
  connect(): void
  /** Closes for good. Messages that are not accepted yet are rejected. */
  close(): void
}

/** @param url of the room, relative to the page or absolute; http and https are understood as ws and wss */
export function connect(url: string | URL, options?: Options): Room
