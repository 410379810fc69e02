// Google's Node client lists the VMs of a fleet each time that a line asks for it, as `list FLEET`,
// and says how many there were and how many milliseconds it took.
import {createInterface} from 'node:readline';
import compute from '@google-cloud/compute';
import {OAuth2Client} from 'google-auth-library';

const project = process.env.PROJECT;
const authClient = new OAuth2Client();
authClient.setCredentials({access_token: 'any', expiry_date: Date.now() + 86_400_000});
const instances = new compute.InstancesClient({
  apiEndpoint: '127.0.0.1',
  port: Number(process.env.COMPUTE_PORT),
  protocol: 'http',
  projectId: project,
  authClient,
});

for await (const line of createInterface({input: process.stdin})) {
  const start = performance.now();
  const filter = `labels.podium-fleet = ${line.split(' ')[1]}`;
  const found = [];
  for await (const [, scope] of instances.aggregatedListAsync({project, filter, maxResults: 500})) {
    found.push(...(scope.instances ?? []));
  }
  console.log(`listed ${found.length} ${performance.now() - start}`);
}
