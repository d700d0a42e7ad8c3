// rate-limiter-flexible as a contender: one lap, "checks-a-second p99-in-ms" on standard output. See LimitBench.java.
import { createRequire } from 'node:module'

const [place, port, callers, clients, seconds] = process.argv.slice(2)
const require = createRequire(place + '/')
const { RateLimiterRedis, RateLimiterUnion } = require('rate-limiter-flexible')
const Redis = require('ioredis')
const storeClient = new Redis({ host: '127.0.0.1', port: Number(port), enableAutoPipelining: true })
const limit = (keyPrefix, points, duration) => new RateLimiterRedis({ storeClient, keyPrefix, points, duration })
const limits = new RateLimiterUnion(
  limit('burst', 1e6, 1), limit('hour', 1e8, 3600), limit('day', 1e8, 86400), limit('month', 1e9, 30 * 86400))

async function lap(millis) {
  const micros = []
  const began = process.hrtime.bigint()
  const ends = Date.now() + millis
  await Promise.all(Array.from({ length: Number(callers) }, async () => {
    while (Date.now() < ends) {
      const asked = process.hrtime.bigint()
      await limits.consume('c' + Math.floor(Math.random() * Number(clients)))
      micros.push(Number(process.hrtime.bigint() - asked) / 1000)
    }
  }))
  const took = Number(process.hrtime.bigint() - began) / 1e9
  micros.sort((a, b) => a - b)
  return [micros.length / took, micros[Math.floor(micros.length * 0.99)] / 1000]
}

await lap(1000)
console.log((await lap(Number(seconds) * 1000)).join(' '))
storeClient.disconnect()
