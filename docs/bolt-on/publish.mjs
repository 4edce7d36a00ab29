// Posts to a Sidestream room from Node: await publish(redisClient, "lobby", "hello", "alice").
import { readFileSync } from "node:fs";

const SCRIPT = readFileSync(new URL("publish.lua", import.meta.url), "utf8");

/** Resolves to the id that clients see. `client` is a client of the package redis, for the Redis that Sidestream uses. */
export async function publish(client, room, message, user = "") {
  room = room.normalize("NFC");
  const prefix = `ss:{p${crc32(Buffer.from(room)) % 16}}:`;
  const name = encodeURIComponent(room).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
  const [epoch, seq, entry] = await client.eval(SCRIPT, {
    keys: [`${prefix}meta:${name}`, `${prefix}room:${name}`, `${prefix}log`, `${prefix}life`],
    arguments: [room, user, "", JSON.stringify(message)],
  });
  return `${entry}.${seq}.${epoch}`;
}

/** The CRC-32 of zlib; node:zlib has it from Node 22 on. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
