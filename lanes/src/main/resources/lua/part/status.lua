-- Part: the status of a job, a field of its record: words between spaces, NONE where one does not apply, which every step
-- reads and writes as one value. Two dozen fields of a hash would cost a step more than all else it does. What may change
-- comes first; the words that stay, from the creation on, are one text here. JobStatus says what each word means.
local NONE = '-'
local STATE, PLACE, ATTEMPT, TOKEN, SINCE, STARTED, CLAIMED, DUE, FINISHED, EXPIRES, ALLOWANCE, ENDED_BY, ENDED_AS, LASTING =
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
-- Written out, and not put together anew in each call.
local CHANGING = '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (%S+) (.+)$'

-- The words of a status by their positions; none where there is no status, or it is no status.
local function words(status)
  if type(status) ~= 'string' then return {} end
  return {string.match(status, CHANGING)}
end

-- Whether a word is a number that no arithmetic harms.
local function whole(text)
  return text and #text <= 15 and string.match(text, '^%d+$')
end

-- Created client priority tier type, attempts allowed, chunks (captured), bytes and stored bytes (captured) of the input,
-- reservation, not before.
local SOUND = '%d+ [^%s-]%S* [012] [^%s-]%S* [^%s-]%S* %d+ (%d+) %d+ (%d+) %S+ %S+$'

-- Whether a worker can go by it.
local function workable(job)
  return job[STATE] and string.match(job[ATTEMPT], '^%d+$') and string.match(job[SINCE], '^%d+$')
    and string.match(job[LASTING], '^' .. SOUND)
end

local function status_text(job)
  return table.concat(job, ' ', 1, LASTING)
end
