// Evaluates flags with the OpenFeature SDK for servers: evaluate.mjs <URL> <API key>. Prints its findings as JSON.
import { OpenFeature } from '@openfeature/server-sdk';
import { OFREPProvider } from '@openfeature/ofrep-provider';

const [url, key] = process.argv.slice(2);
await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: url, headers: [['X-API-Key', key]] }));
const client = OpenFeature.getClient();
const context = { targetingKey: 'u1', tier: 'pro' };

console.log(JSON.stringify({
  search: await client.getBooleanDetails('search', false, context),
  banner: await client.getStringDetails('banner', 'none', context),
  zoom: await client.getNumberDetails('zoom', 0, context),
  opacity: await client.getNumberDetails('opacity', 0, context),
  layers: await client.getObjectDetails('layers', {}, context),
  none: await client.getBooleanDetails('none', true, context),
  broken: await client.getBooleanDetails('broken', true, context),
}));
await OpenFeature.close();
