// Google's Node client for Cloud Storage does with the server at STORAGE_PORT what consoles and
// other people's programs do. Prints one line a step.
import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Storage} from '@google-cloud/storage';
import {step} from './step.mjs';

const origin = `http://127.0.0.1:${process.env.STORAGE_PORT}`;
const storage = new Storage({
  apiEndpoint: origin,
  projectId: process.env.PROJECT,
  useAuthWithCustomEndpoint: false,
  retryOptions: {autoRetry: false},
});
const bucket = storage.bucket(`podium-${Date.now().toString(36)}`);
const folder = await mkdtemp(join(tmpdir(), 'storage-'));
const code = promise => promise.then(() => 0, error => error.code);

await step('make a bucket', async () => {
  await bucket.create({location: 'europe-west1'});
  const [metadata] = await bucket.getMetadata();
  assert.equal(metadata.location, 'EUROPE-WEST1');
  assert.equal(metadata.locationType, 'region');
  const [all] = await storage.getBuckets();
  assert.deepEqual(all.map(one => one.name), [bucket.name]);
  assert.equal(await code(bucket.create()), 409);
});

await step('upload at once and read', async () => {
  const file = bucket.file('a/hello ü.txt');
  await file.save('hello', {resumable: false, metadata: {contentType: 'text/plain', metadata: {by: 'node'}}});
  const [text] = await file.download();
  assert.equal(text.toString(), 'hello');
  const [metadata] = await file.getMetadata();
  assert.equal(metadata.contentType, 'text/plain');
  assert.equal(metadata.size, '5');
  assert.equal(metadata.md5Hash, createHash('md5').update('hello').digest('base64'));
  assert.deepEqual(metadata.metadata, {by: 'node'});
});

await step('upload in pieces', async () => {
  const bytes = randomBytes(3 * 1024 * 1024 + 17);
  const path = join(folder, 'disk');
  await writeFile(path, bytes);
  await bucket.upload(path, {destination: 'disk', resumable: true, chunkSize: 1024 * 1024});
  const copy = join(folder, 'copy');
  await bucket.file('disk').download({destination: copy});
  assert.ok(bytes.equals(await readFile(copy)));
  const [part] = await bucket.file('disk').download({start: 5, end: 9});
  assert.ok(bytes.subarray(5, 10).equals(part));
});

await step('a stream of unknown length', async () => {
  const stream = bucket.file('stream').createWriteStream({resumable: true});
  for (let i = 0; i < 100; i++) stream.write(`line ${i}\n`);
  await new Promise((resolve, reject) => stream.end().on('finish', resolve).on('error', reject));
  const [text] = await bucket.file('stream').download();
  assert.equal(text.toString().split('\n').length, 101);
});

await step('preconditions', async () => {
  const first = {preconditionOpts: {ifGenerationMatch: 0}};
  assert.equal(await code(bucket.file('once').save('1', {resumable: false, ...first})), 0);
  assert.equal(await code(bucket.file('once').save('2', {resumable: false, ...first})), 412);
  const [text] = await bucket.file('once').download();
  assert.equal(text.toString(), '1');
});

await step('list with prefix, delimiter and pages', async () => {
  const [all] = await bucket.getFiles();
  assert.deepEqual(all.map(one => one.name), ['a/hello ü.txt', 'disk', 'once', 'stream']);
  const [top, , answer] = await bucket.getFiles({delimiter: '/', autoPaginate: false});
  assert.deepEqual(top.map(one => one.name), ['disk', 'once', 'stream']);
  assert.deepEqual(answer.prefixes, ['a/']);
  const [page, next] = await bucket.getFiles({maxResults: 3, autoPaginate: false});
  assert.equal(page.length, 3);
  const [rest] = await bucket.getFiles({...next, autoPaginate: false});
  assert.deepEqual(rest.map(one => one.name), ['stream']);
});

await step('settings, copy, and objects put together', async () => {
  await bucket.file('once').setMetadata({cacheControl: 'no-store'});
  await bucket.file('once').copy(bucket.file('twice'));
  const [metadata] = await bucket.file('twice').getMetadata();
  assert.equal(metadata.cacheControl, 'no-store');
  await bucket.combine(['once', 'twice'], 'both');
  const [text] = await bucket.file('both').download();
  assert.equal(text.toString(), '11');
});

await step('public read', async () => {
  const address = `${origin}/${bucket.name}/once`;
  assert.equal((await fetch(address)).status, 403);
  const [policy] = await bucket.iam.getPolicy();
  policy.bindings.push({role: 'roles/storage.objectViewer', members: ['allUsers']});
  await bucket.iam.setPolicy(policy);
  const answer = await fetch(address);
  assert.equal(answer.status, 200);
  assert.equal(await answer.text(), '1');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal((await fetch(`${origin}/${bucket.name}/none`)).status, 404);
});

await step('errors as google words them', async () => {
  await assert.rejects(bucket.file('none').download(), /No such object/);
  await assert.rejects(storage.bucket('none-such').getFiles(), /The specified bucket does not exist/);
  await assert.rejects(storage.bucket('B').create(), /Invalid bucket name/);
  assert.equal(await code(bucket.delete()), 409);
});

await step('delete', async () => {
  await bucket.deleteFiles({force: false});
  await bucket.delete();
  assert.equal(await code(bucket.getMetadata()), 404);
});

await rm(folder, {recursive: true});
