import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { connect } from '../sidestream.js'
import { FakeSocket, freeze, pass, thaw } from './fake.js'

const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
const window = new EventTarget()
const before = {}

beforeEach(() => {
  freeze()
  for (const name of ['addEventListener', 'removeEventListener', 'document']) before[name] = globalThis[name]
  globalThis.addEventListener = window.addEventListener.bind(window)
  globalThis.removeEventListener = window.removeEventListener.bind(window)
  globalThis.document = document
})

afterEach(() => {
  Object.assign(globalThis, before)
  thaw()
})

function live() {
  const room = connect('http://site.test/chat/lobby/', { WebSocket: FakeSocket })
  FakeSocket.last.welcome()
  return room
}

const happens = (event, target = window) => target.dispatchEvent(new Event(event))

test('comes back within 300 ms when the network does', () => {
  const room = live()
  for (let i = 0; i < 5; i++) {
    FakeSocket.last.drop(1006)
    if (i < 4) pass(room.state.delay)
  }
  assert.equal(Math.round(room.state.delay), 8_000)
  happens('online')
  assert.equal(Math.round(room.state.delay), 300)
  pass(300)
  assert.equal(room.state.status, 'connecting')
  room.close()
})

test('does not come back before the server wants it, whatever the page does', () => {
  const room = live()
  FakeSocket.last.drop(1013, 'retry=30')
  happens('visibilitychange', document)
  happens('online')
  assert.equal(Math.round(room.state.delay), 30_000)
  room.close()
})

test('does not put off a reconnect that is nearer', () => {
  const room = live()
  FakeSocket.last.drop(4200)
  pass(200)
  happens('online')
  pass(50)
  assert.equal(room.state.status, 'connecting')
  room.close()
})

for (const [event, target] of [['online', window], ['offline', window], ['pageshow', window], ['visibilitychange', document]]) {
  test(`asks a socket that looks open after ${event} and leaves it after three seconds of silence`, () => {
    const room = live()
    happens(event, target)
    assert.deepEqual(FakeSocket.last.sent, [{ type: 'ping' }])
    pass(2_999)
    assert.equal(room.state.status, 'live')
    pass(1)
    assert.equal(room.state.status, 'reconnecting')
    room.close()
  })
}

test('goes on when the socket answers', () => {
  const room = live()
  happens('pageshow')
  FakeSocket.last.receive({ type: 'pong' })
  pass(3_000)
  assert.equal(room.state.status, 'live')
  room.close()
})

test('lets the page go after close', () => {
  live().close()
  happens('online')
  happens('visibilitychange', document)
  pass(60_000)
  assert.equal(FakeSocket.all.length, 1)
})
