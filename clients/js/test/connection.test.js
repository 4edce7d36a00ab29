import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { connect } from '../sidestream.js'
import { FakeSocket, freeze, pass, thaw } from './fake.js'

beforeEach(() => freeze())
afterEach(thaw)

const open = (options) => connect('http://site.test/chat/lobby/', { WebSocket: FakeSocket, ...options })

function live(options) {
  const room = open(options)
  FakeSocket.last.welcome()
  return room
}

/** Loses the socket and returns the delay that the client tells, in ms, rounded. */
function delayAfter(room, code, reason) {
  FakeSocket.last.drop(code, reason)
  assert.equal(room.state.status, 'reconnecting')
  return Math.round(room.state.delay)
}

test('opens the room with the full protocol over ws, or wss for https', () => {
  open()
  assert.equal(FakeSocket.last.url.href, 'ws://site.test/chat/lobby/')
  assert.equal(FakeSocket.last.protocol, 'sidestream.v1.json')
  connect('https://site.test/chat/lobby/', { WebSocket: FakeSocket })
  assert.equal(FakeSocket.last.url.protocol, 'wss:')
})

test('is live from the welcome on, not from the open socket', () => {
  const room = open()
  FakeSocket.last.onopen?.()
  assert.equal(room.state.status, 'connecting')
  FakeSocket.last.welcome()
  assert.equal(room.state.status, 'live')
})

test('tells each state, and the present one to a new listener', () => {
  const room = open()
  const states = []
  room.on('state', (state) => states.push(state.status))
  FakeSocket.last.welcome()
  FakeSocket.last.drop(1006)
  pass(500)
  assert.deepEqual(states, ['connecting', 'live', 'reconnecting', 'connecting'])
})

test('backs off twice as long each time, thirty seconds at most', () => {
  const room = live()
  const delays = []
  for (let i = 0; i < 8; i++) {
    delays.push(delayAfter(room, 1006))
    pass(delays.at(-1))
  }
  assert.deepEqual(delays, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000])
})

test('spreads the delay over its whole length', () => {
  thaw()
  freeze(0)
  const room = live()
  assert.equal(delayAfter(room, 1006), 0)
})

test('starts over with short delays only after a welcome', () => {
  const room = live()
  for (let i = 0; i < 3; i++) pass(delayAfter(room, 1006))
  FakeSocket.last.welcome()
  assert.equal(delayAfter(room, 1006), 500)
})

test('gives up on a server that does not welcome within ten seconds', () => {
  const room = open()
  const silent = FakeSocket.last
  pass(9_999)
  assert.equal(room.state.status, 'connecting')
  pass(1)
  assert.equal(room.state.status, 'reconnecting')
  assert.equal(silent.closed, 'closed')
  silent.welcome()
  assert.equal(room.state.status, 'reconnecting', 'an abandoned socket has no say any more')
})

for (const code of [4009, 4010, 4011]) {
  test(`is signed out after ${code} and does not come back by itself`, () => {
    const room = live()
    FakeSocket.last.drop(code, 'session ended')
    assert.deepEqual(room.state, { status: 'signed-out', code, reason: 'session ended' })
    pass(3_600_000)
    assert.equal(FakeSocket.all.length, 1)
  })
}

for (const code of [4001, 4003, 4012, 4014]) {
  test(`stops after ${code}`, () => {
    const room = live()
    FakeSocket.last.drop(code, 'no')
    assert.deepEqual(room.state, { status: 'stopped', code, reason: 'no' })
    pass(3_600_000)
    assert.equal(FakeSocket.all.length, 1)
  })
}

test('waits once to twice the hint after 41xx, 1012 and 1013', () => {
  for (const code of [4100, 4101, 4108, 1012, 1013]) {
    assert.equal(delayAfter(live(), code, 'retry=7'), 14_500)
  }
  thaw()
  freeze(0)
  assert.equal(delayAfter(live(), 1012, 'retry=7'), 7_000)
})

test('waits for a second at least after 41xx without a hint', () => {
  thaw()
  freeze(0)
  assert.equal(delayAfter(live(), 4101), 1_000)
})

test('comes back at once after 42xx', () => {
  assert.equal(delayAfter(live(), 4201, 'no pong'), 250)
})

test('backs off from a server that answers 42xx before any welcome', () => {
  const room = open()
  for (const delay of [500, 1000, 2000]) {
    assert.equal(delayAfter(room, 4200), delay)
    pass(delay)
  }
})

test('is not held longer than ten minutes by a hint, nor at all by a senseless one', () => {
  assert.ok(delayAfter(live(), 1013, 'retry=99999999') < 1_201_000)
  assert.equal(delayAfter(live(), 1013, 'retry=soon'), 500)
})

test('believes the bye when the close frame got lost', () => {
  const room = live()
  FakeSocket.last.receive({ type: 'bye', code: 1012, reason: 'restart', retry_after: 3, reconnect: true })
  assert.equal(delayAfter(room, 1006), 6_500)
  assert.equal(room.state.code, 1012)
})

test('stops when the bye says that there is no way back', () => {
  const room = live()
  FakeSocket.last.receive({ type: 'bye', code: 4011, reason: 'logged out', reconnect: false })
  FakeSocket.last.drop(1006)
  assert.deepEqual(room.state, { status: 'signed-out', code: 4011, reason: 'logged out' })
})

test('opens again after signing in', () => {
  const room = live()
  FakeSocket.last.drop(4010)
  room.connect()
  assert.equal(room.state.status, 'connecting')
  assert.equal(FakeSocket.all.length, 2)
})

test('asks after two pings of silence and leaves after five more seconds', () => {
  const room = live()
  const socket = FakeSocket.last
  pass(49_999)
  assert.deepEqual(socket.sent, [])
  pass(1)
  assert.deepEqual(socket.sent, [{ type: 'ping' }])
  pass(5_000)
  assert.equal(room.state.status, 'reconnecting')
})

test('stays while anything is heard', () => {
  const room = live()
  for (let i = 0; i < 10; i++) {
    pass(40_000)
    FakeSocket.last.receive({ type: 'ping' })
  }
  assert.equal(room.state.status, 'live')
  assert.deepEqual(FakeSocket.last.sent, [])
})

test('stays when the question is answered', () => {
  const room = live()
  for (let i = 0; i < 5; i++) {
    pass(50_000)
    FakeSocket.last.receive({ type: 'pong' })
    pass(5_000)
  }
  assert.equal(room.state.status, 'live')
})

test('closes for good', () => {
  const room = live()
  const socket = FakeSocket.last
  room.close()
  assert.equal(socket.closed, 1000)
  assert.deepEqual(room.state, { status: 'stopped', code: 1000, reason: 'closed' })
  pass(3_600_000)
  assert.equal(FakeSocket.all.length, 1)
})

test('closes for good while waiting to reconnect', () => {
  const room = live()
  FakeSocket.last.drop(1006)
  room.close()
  pass(3_600_000)
  assert.equal(FakeSocket.all.length, 1)
})
