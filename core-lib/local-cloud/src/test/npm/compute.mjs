// Google's Node client for Compute Engine does with the server at COMPUTE_PORT all that a fleet's
// whole life needs. Prints one line a step; the first step that fails ends the run with its reason.
import assert from 'node:assert/strict';
import compute from '@google-cloud/compute';
import {OAuth2Client} from 'google-auth-library';
import {step} from './step.mjs';

const project = process.env.PROJECT;
const zone = 'us-central1-a';
const authClient = new OAuth2Client();
authClient.setCredentials({access_token: process.env.ACCESS_TOKEN ?? 'any', expiry_date: Date.now() + 3_600_000});
// The port must be given apart and the protocol by name: the client drops both from an address.
const options = {
  apiEndpoint: '127.0.0.1',
  port: Number(process.env.COMPUTE_PORT),
  protocol: 'http',
  projectId: project,
  authClient,
};
const instances = new compute.InstancesClient(options);
const operations = new compute.ZoneOperationsClient(options);
const images = new compute.ImagesClient(options);

async function done([response]) {
  let operation = response.latestResponse;
  while (operation.status !== 'DONE') {
    [operation] = await operations.wait({operation: operation.name, project, zone});
  }
  return operation;
}

async function succeeded(started) {
  const operation = await done(started);
  assert.equal(operation.error ?? null, null, JSON.stringify(operation.error));
  return operation;
}

function resource(name, labels) {
  return {
    name,
    labels,
    machineType: `zones/${zone}/machineTypes/e2-micro`,
    disks: [
      {
        boot: true,
        autoDelete: true,
        initializeParams: {sourceImage: 'projects/debian-cloud/global/images/family/debian-12', diskSizeGb: '10'},
      },
    ],
    networkInterfaces: [{network: 'global/networks/default'}],
    metadata: {items: [{key: 'k', value: 'v'}]},
    scheduling: {provisioningModel: 'SPOT', instanceTerminationAction: 'DELETE', maxRunDuration: {seconds: '3600'}},
  };
}

const create = (name, labels, more = {}) =>
  instances.insert({project, zone, instanceResource: resource(name, labels), ...more});

async function all(asyncIterable) {
  const found = [];
  for await (const one of asyncIterable) found.push(one);
  return found;
}

const list = async more => (await all(instances.listAsync({project, zone, ...more}))).map(i => i.name).sort();

await step('create', async () => {
  const starts = await Promise.all(['n1', 'n2', 'n3', 'n4', 'n5'].map(n => create(n, {group: n < 'n4' ? 'a' : 'b'})));
  for (const started of starts) await succeeded(started);
});

await step('a repeated requestId makes nothing new', async () => {
  const requestId = '2b9a3a0e-6f0e-4d2b-9a51-0a8f5b7f3c11';
  const [first] = await create('n6', {group: 'b'}, {requestId});
  const [again] = await create('n6', {group: 'b'}, {requestId});
  assert.equal(again.latestResponse.name, first.latestResponse.name);
  await succeeded([first]);
});

await step('describe', async () => {
  const [instance] = await instances.get({project, zone, instance: 'n1'});
  assert.equal(instance.status, 'RUNNING');
  assert.match(instance.selfLink, new RegExp(`^https://www.googleapis.com/compute/v1/projects/${project}/zones/${zone}/instances/n1$`));
  assert.equal(instance.scheduling.provisioningModel, 'SPOT');
  assert.deepEqual({...instance.labels}, {group: 'a'});
  assert.equal(instance.metadata.items.find(i => i.key === 'k').value, 'v');
  assert.ok(instance.networkInterfaces[0].accessConfigs === undefined || Array.isArray(instance.networkInterfaces[0].accessConfigs));
});

await step('list in pages', async () => {
  const request = {project, zone, maxResults: 2};
  const [page, next] = await instances.list(request, {autoPaginate: false});
  assert.equal(page.length, 2);
  assert.ok(next?.pageToken ?? next, 'a next page');
  assert.deepEqual(await list({maxResults: 2}), ['n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
});

await step('list with filters', async () => {
  assert.deepEqual(await list({filter: 'name = n2'}), ['n2']);
  assert.deepEqual(await list({filter: 'labels.group = b'}), ['n4', 'n5', 'n6']);
  assert.deepEqual(await list({filter: '(labels.group = a) AND (name != n1)'}), ['n2', 'n3']);
  assert.deepEqual(await list({filter: 'status = RUNNING AND (name = n1 OR name = n4)'}), ['n1', 'n4']);
  assert.deepEqual(await list({filter: 'name eq "n[12]"'}), ['n1', 'n2']);
  assert.deepEqual(await list({filter: 'status = TERMINATED'}), []);
});

await step('list newest first', async () => {
  const found = await all(instances.listAsync({project, zone, orderBy: 'creationTimestamp desc'}));
  const times = found.map(i => Date.parse(i.creationTimestamp));
  assert.deepEqual(times, [...times].sort((a, b) => b - a));
});

await step('aggregated list', async () => {
  const scopes = new Map(await all(instances.aggregatedListAsync({project, maxResults: 3})).then(pairs => pairs.map(([scope, {instances: found = [], warning}]) => [scope, {found, warning}])));
  assert.ok(scopes.has(`zones/${zone}`));
  const empty = [...scopes].find(([, {found}]) => found.length === 0);
  assert.equal(empty[1].warning.code, 'NO_RESULTS_ON_PAGE');
  const names = new Set();
  for await (const [, {instances: found = []}] of instances.aggregatedListAsync({project, maxResults: 3})) {
    found.forEach(i => names.add(i.name));
  }
  assert.deepEqual([...names].sort(), ['n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
});

await step('label, and refuse a stale fingerprint', async () => {
  const [{labelFingerprint}] = await instances.get({project, zone, instance: 'n1'});
  const change = labels => ({project, zone, instance: 'n1', instancesSetLabelsRequestResource: {labels, labelFingerprint}});
  await succeeded(await instances.setLabels(change({group: 'z', more: 'yes'})));
  const [now] = await instances.get({project, zone, instance: 'n1'});
  assert.deepEqual({...now.labels}, {group: 'z', more: 'yes'});
  assert.notEqual(now.labelFingerprint, labelFingerprint);
  await assert.rejects(instances.setLabels(change({group: 'y'})), error => error.code === 412 && /conditionNotMet/.test(error.message));
});

await step('stop', async () => {
  await succeeded(await instances.stop({project, zone, instance: 'n1'}));
  const [stopped] = await instances.get({project, zone, instance: 'n1'});
  assert.equal(stopped.status, 'TERMINATED');
});

await step('start', async () => {
  await succeeded(await instances.start({project, zone, instance: 'n1'}));
  const [started] = await instances.get({project, zone, instance: 'n1'});
  assert.equal(started.status, 'RUNNING');
});

await step('serial port', async () => {
  const [output] = await instances.getSerialPortOutput({project, zone, instance: 'n1', port: 1});
  assert.match(String(output.next), /^\d+$/);
});

await step('image of a family', async () => {
  const [image] = await images.getFromFamily({project: 'debian-cloud', family: 'debian-12'});
  assert.equal(image.family, 'debian-12');
});

await step('errors as google words them', async () => {
  await assert.rejects(instances.get({project, zone, instance: 'nope'}), error => error.code === 404 && /notFound/.test(error.message));
  await assert.rejects(create('n2', {}), error => error.code === 409 && /alreadyExists/.test(error.message));
  await assert.rejects(create('Bad_Name', {}), error => error.code === 400 && /resource\.name/.test(error.message));
  await assert.rejects(instances.list({project, zone: 'us-east9-z'}), error => error.code === 404);
});

await step('delete', async () => {
  const names = await list({});
  const starts = await Promise.all(names.map(instance => instances.delete({project, zone, instance})));
  for (const started of starts) await succeeded(started);
  assert.deepEqual(await list({}), []);
});
