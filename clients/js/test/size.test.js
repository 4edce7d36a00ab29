import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

/** Takes off comments and indentation only, so that the true minified size is smaller still. */
const stripped = (source) => source.replace(/\/\*\*[^]*?\*\//g, '').replace(/^\s*(\/\/.*)?\n?/gm, '')

test('costs a page at most 3,000 bytes', async () => {
  const source = await readFile(new URL('../sidestream.js', import.meta.url), 'utf8')
  const size = gzipSync(stripped(source), { level: 9 }).length
  assert.ok(size <= 3000, `${size} bytes`)
})
