-- Reads where a room stands. Changes nothing.
--
-- KEYS[1]  ss:{p<k>}:room:<room>
-- KEYS[2]  ss:{p<k>}:meta:<room>
-- Returns  {epoch, seq, entry id} of its newest position; the epoch is empty when the room has none
local meta = redis.call('HMGET', KEYS[2], 'epoch', 'seq')
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
return {meta[1] or '', meta[2] or '0', newest and newest[1] or '0-0'}
