#!lua flags=no-writes
-- One entry together with the head it belongs to: what a change is computed from.
--
-- KEYS[1] trek:{control}:meta      KEYS[2] the hash of the entry's kind
-- ARGV[1] the entry's key
--
-- Returns {epoch, revision, hash, entry}: nil for the head where there is no state, nil for an entry
-- that does not exist.
--
-- Invariant: head and entry are of the same revision.

local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'hash')
return { head[1], head[2], head[3], redis.call('HGET', KEYS[2], ARGV[1]) }
