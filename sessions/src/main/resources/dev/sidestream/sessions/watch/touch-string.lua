-- Gives a session that is one string its whole time to live again, never less than it has, and only while it is there.
-- KEYS[1] the string; ARGV[1] milliseconds. Answers 1 when it was extended.
local ttl = redis.call('PTTL', KEYS[1])
if ttl <= 0 or ttl >= tonumber(ARGV[1]) then
  return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[1])
