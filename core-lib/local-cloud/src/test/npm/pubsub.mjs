// Google's Node client for Pub/Sub does with the server at PUBSUB_EMULATOR_HOST all that the agents
// do, and what only other programs would. Prints one line a step.
import assert from 'node:assert/strict';
import {PubSub} from '@google-cloud/pubsub';
import {step} from './step.mjs';

const pubsub = new PubSub({projectId: process.env.PROJECT});
const run = Date.now().toString(36);
let count = 0;
const name = kind => `${kind}-${run}-${++count}`;

async function topicAnd(subscriptionOptions = {}, publisherOptions = {}) {
  const [topic] = await pubsub.createTopic(name('topic'));
  const [subscription] = await topic.createSubscription(name('subscription'), subscriptionOptions);
  return {topic: pubsub.topic(topic.name, publisherOptions), subscription};
}

// Listens until `enough` says so; `handle` decides what becomes of each message.
function hear(subscription, enough, handle = message => message.ack()) {
  return new Promise((resolve, reject) => {
    const heard = [];
    const listener = pubsub.subscription(subscription.name);
    const timer = setTimeout(() => finish(new Error(`heard only ${JSON.stringify(heard)}`)), 15_000);
    const finish = error => {
      clearTimeout(timer);
      listener.removeAllListeners('message');
      listener.close().then(() => (error ? reject(error) : resolve(heard)), reject);
    };
    listener.on('error', finish);
    listener.on('message', message => {
      heard.push(message.data.toString());
      handle(message, heard);
      if (enough(heard)) finish();
    });
  });
}

const until = number => heard => heard.length >= number;

await step('publish and pull', async () => {
  const {topic, subscription} = await topicAnd();
  for (let i = 0; i < 50; i++) topic.publishMessage({data: Buffer.from(`m${i}`)});
  await topic.flush();
  const heard = await hear(subscription, heard => new Set(heard).size >= 50);
  assert.equal(new Set(heard).size, 50);
});

await step('order', async () => {
  const {topic, subscription} = await topicAnd({enableMessageOrdering: true}, {messageOrdering: true});
  const sent = Array.from({length: 100}, (_, i) => `o${i}`);
  await Promise.all(sent.map(text => topic.publishMessage({data: Buffer.from(text), orderingKey: 'k'})));
  assert.deepEqual(await hear(subscription, until(100)), sent);
});

await step('nack', async () => {
  const {topic, subscription} = await topicAnd();
  await topic.publishMessage({data: Buffer.from('again')});
  const heard = await hear(subscription, until(3), (message, all) => (all.length < 3 ? message.nack() : message.ack()));
  assert.deepEqual(heard, ['again', 'again', 'again']);
});

await step('filter', async () => {
  const {topic, subscription} = await topicAnd({filter: 'attributes.room = "lobby" AND NOT attributes:private'});
  await topic.publishMessage({data: Buffer.from('other'), attributes: {room: 'bar'}});
  await topic.publishMessage({data: Buffer.from('secret'), attributes: {room: 'lobby', private: '1'}});
  await topic.publishMessage({data: Buffer.from('open'), attributes: {room: 'lobby'}});
  assert.deepEqual(await hear(subscription, until(1)), ['open']);
  await assert.rejects(topic.createSubscription(name('subscription'), {filter: 'not a filter (('}), error => error.code === 3);
});

await step('seek', async () => {
  const {topic, subscription} = await topicAnd({retainAckedMessages: true});
  await topic.publishMessage({data: Buffer.from('once')});
  assert.deepEqual(await hear(subscription, until(1)), ['once']);
  // An ack is sent in a batch; the seek must find it done.
  await subscription.seek(new Date(Date.now() - 3_600_000));
  assert.deepEqual(await hear(subscription, until(1)), ['once']);
});

await step('snapshot', async () => {
  const {topic, subscription} = await topicAnd();
  await topic.publishMessage({data: Buffer.from('kept')});
  const [snapshot] = await subscription.createSnapshot(name('snapshot'));
  assert.deepEqual(await hear(subscription, until(1)), ['kept']);
  await subscription.seek(snapshot.name);
  assert.deepEqual(await hear(subscription, until(1)), ['kept']);
});

await step('exactly once', async () => {
  const {topic, subscription} = await topicAnd({enableExactlyOnceDelivery: true});
  await topic.publishMessage({data: Buffer.from('one')});
  const answers = [];
  const heard = await hear(
    subscription,
    () => false || answers.length > 0,
    message => {
      answers.push(message.ackWithResponse());
    },
  );
  assert.deepEqual(heard, ['one']);
  assert.equal(await answers[0], 'SUCCESS');
});

await step('dead letter', async () => {
  const [graveyard] = await pubsub.createTopic(name('graves'));
  const [graves] = await graveyard.createSubscription(name('subscription'));
  const {topic, subscription} = await topicAnd({deadLetterPolicy: {deadLetterTopic: graveyard.name, maxDeliveryAttempts: 5}});
  await topic.publishMessage({data: Buffer.from('doomed')});
  const attempts = [];
  await hear(subscription, until(5), message => {
    attempts.push(message.deliveryAttempt);
    message.nack();
  });
  assert.deepEqual(attempts, [1, 2, 3, 4, 5]);
  assert.deepEqual(await hear(graves, until(1)), ['doomed']);
});

await step('metadata, lists and errors', async () => {
  const {topic, subscription} = await topicAnd();
  const [[metadata], [subscriptions]] = await Promise.all([subscription.getMetadata(), topic.getSubscriptions()]);
  assert.equal(metadata.topic, topic.name);
  assert.deepEqual(subscriptions.map(s => s.name), [subscription.name]);
  await assert.rejects(pubsub.createTopic(topic.name), error => error.code === 6);
  await assert.rejects(pubsub.topic(name('missing')).publishMessage({data: Buffer.from('x')}), error => error.code === 5);
  await subscription.delete();
  await topic.delete();
  assert.deepEqual(await subscription.exists(), [false]);
});

await pubsub.close();
