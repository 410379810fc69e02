// What the agent does at its start, with socket.io and Google's client: serve a chat, be connected to
// Pub/Sub in both directions, and say "ready" when a message of one's own has come back.
import http from "node:http";
import { PubSub } from "@google-cloud/pubsub";
import { Server } from "socket.io";

const server = http.createServer();
const io = new Server(server);
io.on("connection", socket => socket.on("msg", text => topic.publishMessage({ data: Buffer.from(text), orderingKey: "lobby" })));
server.listen(0, "127.0.0.1");

const name = "start-" + process.pid;
const pubsub = new PubSub({ projectId: "podium-local" });
const [topic] = await pubsub.createTopic(name);
topic.setPublishOptions({ messageOrdering: true });
const [subscription] = await topic.createSubscription(name, { enableMessageOrdering: true });
subscription.on("message", message => {
  message.ack();
  io.emit("msg", message.data.toString());
  console.log("Ready");
});
await topic.publishMessage({ data: Buffer.from("marker"), orderingKey: "lobby" });
