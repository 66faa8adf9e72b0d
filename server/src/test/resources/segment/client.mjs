// What a customer of ours would write: Segment's own library, told where to send.
import { Analytics } from '@segment/analytics-node'

const [host, writeKey, customer] = process.argv.slice(2)
const analytics = new Analytics({ writeKey, host, maxRetries: 3 })
let failed
analytics.on('error', (error) => { failed = error })
analytics.identify({ userId: customer, traits: { plan: 'gold' } })
analytics.track({ userId: customer, event: 'Application Submitted', properties: { amount: 12000, shop: 7 } })
analytics.track({ userId: customer, event: 'Offer Sent' })
analytics.track({ userId: customer, event: 'Never Heard Of' })
await analytics.closeAndFlush()
if (failed) {
  console.error(failed)
  process.exit(1)
}
console.log('flushed')
